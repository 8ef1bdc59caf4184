// What the people of one kind do at a chain, seen from their node: they hear of blocks, and now and then they want something sent.
import type { Block, Call } from '@solvent/protocol'

export interface PlannedCall {
  readonly call: Call
  /** A second transaction for the same ref is never sent. */
  readonly ref: string
}

export interface PopulationDesk {
  followed(block: Block): void
  orphaned(block: Block): void
  /** What they want now; asked after each block and when the time comes. */
  act(elapsedMs: number): PlannedCall[]
  /** When to be asked again whatever happens, ms after genesis; null: blocks are enough. */
  nextMs(elapsedMs: number): number | null
  /** For an operator, in a few words. */
  readonly summary: string
}
