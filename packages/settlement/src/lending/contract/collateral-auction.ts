// One auction of collateral in a lending pool's contract, and its rules in the units of the contract: lots in base units of the
// collateral, bids in base units of the debt's coin; a Dutch auction's target times RAY, as its prices are in ray.
import type { Address } from '@solvent/primitives'
import { BPS, RAY, WAD } from '@solvent/primitives'
import type { DutchEngine, EnglishEngine, LiquidationEngine } from '@solvent/protocol'
import type { ClipRules, ClipSale } from '../liquidation/clip-auction.ts'
import type { FlipAuction, FlipRules } from '../liquidation/flip-auction.ts'

interface OfLot {
  readonly borrower: Address
  readonly collateral: Address
  readonly debt: Address
  /** What the reserve still waits for. */
  readonly owed: bigint
}

export type CollateralAuction =
  | (OfLot & { readonly kind: 'english'; readonly state: FlipAuction })
  | (OfLot & { readonly kind: 'dutch'; readonly state: ClipSale })

export function flipRulesOf({ raiseBps, bidSeconds, auctionSeconds }: EnglishEngine): FlipRules {
  return { beg: WAD + (raiseBps * WAD) / BPS, ttlSeconds: bidSeconds, tauSeconds: auctionSeconds }
}

export function clipRulesOf({ startBps, floorBps, tailSeconds, dust, decrease }: DutchEngine): ClipRules {
  return {
    buf: (startBps * RAY) / BPS,
    cusp: (floorBps * RAY) / BPS,
    tailSeconds,
    dust: dust * RAY,
    decrease:
      decrease.kind === 'linear'
        ? { kind: 'linear', tauSeconds: decrease.seconds }
        : {
            kind: 'stairstep-exponential',
            cut: (decrease.keptBps * RAY) / BPS,
            stepSeconds: decrease.stepSeconds,
          },
  }
}

/** The most of a collateral that goes into one lot; null: the pool auctions nothing. */
export function largestLot(engine: LiquidationEngine, collateral: Address): bigint | null {
  if (engine.kind === 'fixed-spread' || engine.kind === 'slow') return null
  return engine.lots.find(({ token }) => token === collateral)?.most ?? 2n ** 256n - 1n
}

/** Debt and penalty. */
export function targetOf(owed: bigint, { penaltyBps }: { readonly penaltyBps: bigint }): bigint {
  return owed + (owed * penaltyBps) / BPS
}
