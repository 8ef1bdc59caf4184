// What a view of the page is: it is put into the page for a run, told the moment, and taken out again.
import type { FrameTruth, RunFrame } from '../src/run-frame.ts'

export interface ViewContext {
  readonly frame: RunFrame
  /** Where the server has it: `runs/0`, `live`. */
  readonly source: string
  /** What the scenario knows to be true of nodes, when the reader asked to see it; else empty. */
  readonly truth: readonly FrameTruth[]
  /** The other run, if the page has two. */
  readonly other: { readonly frame: RunFrame; readonly source: string } | null
  ask<Answer>(path: string): Promise<Answer>
}

export interface View {
  /** Shows the run as it stood `atMs` after its start. */
  show(atMs: number): void
  /** The frame has grown in place. A view without this is opened anew now and then. */
  update?(): void
  dispose(): void
}

export interface ViewKind {
  readonly id: string
  readonly title: string
  open(parent: HTMLElement, context: ViewContext): View
}
