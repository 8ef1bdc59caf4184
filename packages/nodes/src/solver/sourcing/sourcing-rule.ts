// Where a solver may buy back what fills have drained, and at what cost.
import type { Address } from '@solvent/primitives'

/** Buys back on markets what fills have drained, and has what that costs in its bids. */
export interface SourcingRule {
  readonly markets: readonly Address[]
  /** How far by value a token may drift from its share of the pair before it is bought back; 0 to 10000. */
  readonly bandBps: number
  /** Markets that a purchase may go over, one after another. */
  readonly maxHops: number
  /** Bridges that may bring what was bought on another chain; none: it buys where it is missing. */
  readonly bridges: readonly Address[]
  /** A crossing that would cost more of its amount, or take longer, is not made. */
  readonly maxFeeBps: number
  readonly maxWaitSeconds: number
}
