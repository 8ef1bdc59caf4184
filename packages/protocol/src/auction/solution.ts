// What a solver proposes for one or several orders of a batch, to be taken as a whole or not at all; sent by request to the auctioneer.
import type { Address, Hash32, OrderId } from '@solvent/primitives'
import type { Signature } from '../signature.ts'

/** What it would deliver of one order, base units of the output token. */
export interface SolutionItem {
  readonly orderId: OrderId
  readonly outputAmount: bigint
}

export interface Solution {
  readonly auctioneer: Address
  readonly solver: Address
  /** The batch: all orders of the auctioneer whose bidding ends in this second. */
  readonly closesAt: number
  /** Ascending by order, each once; at most `MAX_SOLUTION_ITEMS`. */
  readonly items: readonly SolutionItem[]
}

export interface SignedSolution {
  readonly solution: Solution
  readonly signature: Signature
}

/** A batch as its auctioneer decided it: all that is needed to decide it again. */
export interface BatchOutcome {
  readonly auctioneer: Address
  readonly closesAt: number
  readonly lots: readonly BatchLot[]
  readonly solutions: readonly (Pick<Solution, 'solver' | 'items'> & { readonly hash: Hash32 })[]
  /** Hashes of the solutions that won. */
  readonly winners: readonly Hash32[]
  readonly rewards: readonly BatchScore[]
}

/** An order of a batch, with what turns its surplus into a score. */
export interface BatchLot {
  readonly orderId: OrderId
  /** The directed pair: `<chain>/<token>/<chain>/<token>`. */
  readonly pair: string
  readonly minAmount: bigint
  /** Of one whole unit of the output token, and how many decimals that has. */
  readonly priceE8: bigint
  readonly decimals: number
}

/** Of a winning solver, in the numeraire times 10^8. */
export interface BatchScore {
  readonly solver: Address
  /** Of its winning solutions. */
  readonly score: bigint
  /** Of the whole batch without it. */
  readonly reference: bigint
}
