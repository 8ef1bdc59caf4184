// How a keeper decides.
import type { Address } from '@solvent/primitives'

export interface KeeperRules {
  /** Numeraire, eight decimals: what must be left after gas and the bid. */
  readonly minProfitE8: bigint
  /** What selling the collateral costs, basis points of its value. */
  readonly slippageBps: number
  /** Of the expected profit, as the priority fee. */
  readonly bidShareBps: number
  /** Above this base fee it does nothing, wei per gas; null: it pays what pays. */
  readonly maxBaseFee: bigint | null
  readonly auctions: BiddingRules
  /** An outsider's: it looks for nothing itself, and does first what others are about to do; null: it looks itself. */
  readonly copies: CopyRules | null
  /** On which it sells what it seizes; none: outside, at the price of the world less the slippage. */
  readonly sellsOn: readonly Address[]
}

/** In auctions. Its ceiling is what a lot sells for, less the discount. */
export interface BiddingRules {
  readonly discountBps: number
  /** Of the ceiling, where nobody has bid; 0: one base unit. */
  readonly openingBps: number
  /** Of the gap between the last bid and its ceiling, when it answers. */
  readonly answerBps: number
}

export interface CopyRules {
  /** Above the fee that it has seen. */
  readonly raiseBps: number
}
