// A clearing house of perpetual futures on one chain: its coin of settlement, its insurance fund, and its markets, each on a virtual
// market maker or an order book. docs/models/perpetual.md.
import type { Address, ChainId } from '@solvent/primitives'
import type { PriceRule } from '../network/oracle-spec.ts'

export interface PerpetualSpec {
  readonly kind: 'perpetual'
  readonly name: string
  readonly address: Address
  readonly chainId: ChainId
  /** Margin, fees and profits are in it. */
  readonly token: Address
  /** In the insurance fund at the start. */
  readonly fund: bigint
  readonly markets: readonly PerpetualMarketSpec[]
}

export interface PerpetualMarketSpec {
  readonly name: string
  /** Where the index price comes from. */
  readonly index: PriceRule
  readonly startPriceE8: bigint
  readonly venue: PerpetualVenue
  /** One whole underlying and one whole coin of settlement. */
  readonly baseUnit: bigint
  readonly quoteUnit: bigint
  readonly initialMarginBps: bigint
  readonly maintenanceMarginBps: bigint
  /** Margins that follow the realised volatility of the index; without it they are fixed. */
  readonly dynamicMargin?: DynamicMarginSpec
  readonly tradeFeeBps: bigint
  readonly liquidationFeeBps: bigint
  /** Whether positions are weighed at the venue (what closing them would bring, or the middle of the book) or at the index. */
  readonly mark: 'venue' | 'index'
  readonly funding: {
    readonly intervalSeconds: number
    readonly interestE18: bigint
    readonly clampE18: bigint
    readonly capE18: bigint
  }
}

export type PerpetualVenue =
  /** Its quote reserve at the start price. */
  | { readonly kind: 'virtual-amm'; readonly depth: bigint }
  /** A lot in base units of the underlying, and what a tick of one lot is worth in base units of the coin of settlement. */
  | { readonly kind: 'order-book'; readonly lotUnits: bigint; readonly tickCash: bigint }

/**
 * The initial margin is so many standard deviations of the index over a horizon, between the market's own and a cap; the
 * maintenance margin keeps its proportion to it. Returns are of funding intervals.
 */
export interface DynamicMarginSpec {
  /** λ of the weighted variance, basis points. */
  readonly decayBps: bigint
  /** Hundredths of a standard deviation. */
  readonly deviationsE2: bigint
  /** Funding intervals that a position takes to be closed. */
  readonly horizon: bigint
  readonly capBps: bigint
}

/** `cross`: one margin under positions in all markets; `isolated`: margin and position of one market. */
export const marginKinds = ['cross', 'isolated'] as const
export type MarginKind = (typeof marginKinds)[number]

/** An owner's account: all his cross positions share one. */
export function marginAccount(owner: Address, market: string, margin: MarginKind): string {
  return margin === 'cross' ? owner : `${owner}/${market}`
}
