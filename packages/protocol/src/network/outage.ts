// An outage of a block producer, as it is asked of the node and told to watchers.
// Kinds: settlement.md §9 (sequencer down, head-of-line bad block) and the outages of incidents.md §4.
import type { ChainId, NodeId } from '@solvent/primitives'

export const outageModes = ['stopped', 'near-empty', 'head-of-line'] as const

/**
 * `stopped`: no block, and transactions are refused. `near-empty`: blocks come and hold no transaction of anybody, though
 * they are taken in. `head-of-line`: an invalid block stands at the head, which everybody refuses, until another takes
 * its place.
 */
export type OutageMode = (typeof outageModes)[number]

export interface SequencerOutage {
  readonly chainId: ChainId
  readonly producer: NodeId
  readonly mode: OutageMode
  /** Unix ms, of the producer's clock. */
  readonly fromMs: number
  readonly untilMs: number
}
