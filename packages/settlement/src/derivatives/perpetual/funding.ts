// Funding of a perpetual future: what longs pay shorts (below 0: shorts pay longs) to hold its price near the index. Source: BitMEX,
// Perpetual contracts guide, and Binance Futures, Introduction to funding rates: F = P + clamp(I − P, ±0.05 %), P the average premium
// over the interval of 8 hours, I = 0.01 % an interval, F within a cap. Rates and premiums in wad; the average is by time.
import { PRICE_ONE_E8, WAD } from '@solvent/primitives'
import type { ContractUnits } from './position.ts'

export interface FundingRules {
  readonly intervalSeconds: number
  /** I, a funding interval, wad. */
  readonly interestE18: bigint
  /** How far the rate may differ from the premium toward the interest, wad. */
  readonly clampE18: bigint
  /** The rate lies between minus and plus this, wad. */
  readonly capE18: bigint
}

/** 8 hours, 0.01 %, ±0.05 %, capped at ±2 % (Binance: 0.75 times the maintenance margin and more, by contract). */
export const PUBLISHED_FUNDING: FundingRules = {
  intervalSeconds: 28_800,
  interestE18: WAD / 10_000n,
  clampE18: (5n * WAD) / 10_000n,
  capE18: (2n * WAD) / 100n,
}

export interface FundingState {
  /** Σ rate · index price of all intervals, for one base unit of the underlying, wad of the coin of settlement. */
  readonly index: bigint
  /** Σ premium · seconds since the interval began. */
  readonly premiumSeconds: bigint
  /** The premium that was last seen, and when. */
  readonly premiumE18: bigint
  readonly seenAt: number
  readonly intervalFrom: number
}

export function fundingFrom(atSeconds: number): FundingState {
  return { index: 0n, premiumSeconds: 0n, premiumE18: 0n, seenAt: atSeconds, intervalFrom: atSeconds }
}

/** Takes note of the premium of the market's price over the index. */
export function observed(state: FundingState, venueE8: bigint, indexE8: bigint, now: number): FundingState {
  return {
    ...state,
    premiumSeconds: state.premiumSeconds + state.premiumE18 * BigInt(now - state.seenAt),
    premiumE18: ((venueE8 - indexE8) * WAD) / indexE8,
    seenAt: now,
  }
}

/** F = P + clamp(I − P), within the cap. @example fundingRate(0n, PUBLISHED_FUNDING) // 0.01 % */
export function fundingRate(premiumE18: bigint, { interestE18, clampE18, capE18 }: FundingRules): bigint {
  const rate = premiumE18 + within(interestE18 - premiumE18, clampE18)
  return within(rate, capE18)
}

export function isFundingDue(state: FundingState, rules: FundingRules, now: number): boolean {
  return now - state.intervalFrom >= rules.intervalSeconds
}

/** Ends the interval: the index grows by rate · index price, and a new average begins. @param state observed at `now` */
export function afterInterval(
  state: FundingState,
  rules: FundingRules,
  { baseUnit, quoteUnit }: ContractUnits,
  indexE8: bigint,
): { readonly state: FundingState; readonly rateE18: bigint } {
  const seconds = BigInt(state.seenAt - state.intervalFrom)
  const rateE18 = fundingRate(seconds > 0n ? state.premiumSeconds / seconds : state.premiumE18, rules)
  const grown = (rateE18 * indexE8 * quoteUnit) / (PRICE_ONE_E8 * baseUnit)
  return {
    rateE18,
    state: { ...state, index: state.index + grown, premiumSeconds: 0n, intervalFrom: state.seenAt },
  }
}

function within(value: bigint, bound: bigint): bigint {
  return value > bound ? bound : value < -bound ? -bound : value
}
