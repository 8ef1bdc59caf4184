// How a lending pool turns the collateral of unhealthy accounts into coins. docs/models/liquidation.md.
import type { Address } from '@solvent/primitives'

export type LiquidationEngine = FixedSpreadEngine | EnglishEngine | DutchEngine

/** Whoever repays is paid collateral with a bonus, at once (Aave). */
export interface FixedSpreadEngine {
  readonly kind: 'fixed-spread'
}

interface AuctionEngine {
  /** On top of the debt, for the treasury. */
  readonly penaltyBps: bigint
  /** The largest lot of each collateral, base units; of others all goes at once. */
  readonly lots: readonly { readonly token: Address; readonly most: bigint }[]
}

/** Bids rise from 0 to debt and penalty, then the lot shrinks (makerdao/dss, flip.sol). */
export interface EnglishEngine extends AuctionEngine {
  readonly kind: 'english'
  /** A bid is that much more than the last one, or the lot that much less. */
  readonly raiseBps: bigint
  /** Life of a bid, and of an auction. */
  readonly bidSeconds: number
  readonly auctionSeconds: number
}

/** The price falls until somebody buys (makerdao/dss, clip.sol). */
export interface DutchEngine extends AuctionEngine {
  readonly kind: 'dutch'
  /** Of the oracle's price: 13,000 begins 30 % above. */
  readonly startBps: bigint
  /** After so long, or below this share of the start, it must begin anew. */
  readonly tailSeconds: number
  readonly floorBps: bigint
  /** What a part may not leave less of to raise, base units of the debt. */
  readonly dust: bigint
  readonly decrease:
    | { readonly kind: 'linear'; readonly seconds: number }
    /** Every step leaves so much of the price. */
    | { readonly kind: 'steps'; readonly keptBps: bigint; readonly stepSeconds: number }
}
