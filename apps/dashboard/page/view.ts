// What a view of the page is: it is put into the page for a run, told the moment, and taken out again.
import type { RunFrame } from '../src/run-frame.ts'

export interface ViewContext {
  readonly frame: RunFrame
  /** Number of the run on the server. */
  readonly run: number
  /** The other run, if the page has two. */
  readonly other: { readonly frame: RunFrame; readonly run: number } | null
  ask<Answer>(path: string): Promise<Answer>
}

export interface View {
  /** Shows the run as it stood `atMs` after its start. */
  show(atMs: number): void
  dispose(): void
}

export interface ViewKind {
  readonly id: string
  readonly title: string
  open(parent: HTMLElement, context: ViewContext): View
}
