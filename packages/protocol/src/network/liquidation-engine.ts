// How a lending pool turns the collateral of unhealthy accounts into coins. docs/models/liquidation.md.
import type { Address } from '@solvent/primitives'

export type LiquidationEngine = FixedSpreadEngine | SlowEngine | EnglishEngine | DutchEngine

/** Whoever repays is paid collateral with a bonus, at once (Aave). */
export interface FixedSpreadEngine {
  readonly kind: 'fixed-spread'
}

/** As at a fixed spread, but of an account only a part at a time: a price that comes back finds the rest of it there. */
export interface SlowEngine {
  readonly kind: 'slow'
  /** Of one debt at once, at most half; debts worth less than 2,000 at once in full. */
  readonly partBps: bigint
  /** Between two liquidations of an account. */
  readonly intervalSeconds: number
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
