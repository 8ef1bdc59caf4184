// What a user will ask for over a run, as plain data. Times of day are ms after genesis, durations seconds of chain
// time, amounts base units, values numeraire with 8 decimals, weights any non-negative numbers.
import type { Address, ChainId } from '@solvent/primitives'
import type { AuctionRule } from '@solvent/protocol'

export interface OrderFlow {
  /** How many orders are drawn, or how often one is. */
  readonly arrivals: Arrivals
  /** Drawn orders are signed in [startMs, endMs), ms after genesis. */
  readonly startMs: number
  readonly endMs: number
  /** One is drawn for each order, by weight. */
  readonly pairs: readonly OrderPair[]
  /** Value of the input, log-uniform on [from, to], numeraire with 8 decimals; 0 < from <= to. */
  readonly valueE8: { readonly from: bigint; readonly to: bigint }
  /** Least output in basis points of the input's fair value, uniform integer on [from, to]. */
  readonly minOutputBps: { readonly from: number; readonly to: number }
  /** How the solver is chosen, by weight. */
  readonly awards: Readonly<Record<AwardMode, number>>
  readonly auctionRule: AuctionRule
  /** Of orders that the chain awards: a price that falls in time or in blocks, the minimum for whoever comes first, or the highest priority fee. */
  readonly chainPricing: ChainPricing
  /** How a price falls in blocks. */
  readonly blockCurve: readonly CurveShare[]
  /** Of orders that solvers take in parts: the least part of one, basis points. */
  readonly leastPartBps: number
  /** From the scheduled moment to the end of bidding, of the Dutch decay, or of the request for quotes. */
  readonly auctionSeconds: number
  /** From then on, how long the chosen solver is alone. */
  readonly exclusivitySeconds: number
  /** From the scheduled moment to the last valid open and fill. */
  readonly fillSeconds: number
  /** From the scheduled moment to the last moment before a refund; at least `fillSeconds`. */
  readonly expiresSeconds: number
  /** Probability that the user gives an order up during its auction, if nobody has opened it. */
  readonly cancelProbability: number
  /** Orders that are not drawn; they come before the drawn ones in the order of nonces. */
  readonly orders: readonly ExplicitOrder[]
}

/** So many blocks after the start so much of the way from fair value to the minimum is gone; below zero the price has risen. */
export interface CurveShare {
  readonly blocks: number
  readonly fallBps: number
}

export type Arrivals =
  /** Exactly so many, at the moments of a Poisson process that is known to have that count. */
  | { readonly kind: 'count'; readonly count: number }
  /** A Poisson process. */
  | { readonly kind: 'rate'; readonly perHour: number }

export interface OrderPair {
  readonly origin: ChainId
  readonly inputSymbol: string
  readonly destination: ChainId
  readonly outputSymbol: string
  /** The bridge that proves the fill on the origin chain. */
  readonly prover: Address
  /** Who receives; the user unless the order buys a derivative. */
  readonly recipient?: Address
  readonly weight: number
}

export interface ExplicitOrder extends Omit<OrderPair, 'weight'> {
  /** Ms after genesis. */
  readonly atMs: number
  /** Base units. */
  readonly inputAmount: bigint
  readonly minOutputBps: number
  readonly award: AwardMode
  /** Seconds after the scheduled moment at which the user gives it up if nobody has opened it; null: never. */
  readonly cancelAfterSeconds: number | null
}

/** What the producers' order of fills decides on. */
export const chainPricings = ['dutch', 'block-dutch', 'limit', 'priority-fee'] as const
export type ChainPricing = (typeof chainPricings)[number]

export const awardModes = ['auctioneer', 'chain', 'user', 'parts'] as const
export type AwardMode = (typeof awardModes)[number]
