// What the sessions of a study come to: means with their intervals, spreads, shares.
import type { AuctionOutcome, PricingOutcome, SessionOutcome } from '@solvent/collusion'

/** A figure over sessions. */
export interface Figure {
  readonly mean: number
  /** Standard deviation of the sessions (n − 1); null for one session. */
  readonly sd: number | null
  /** The mean ± 1.96 standard errors; null for one session. */
  readonly interval: readonly [number, number] | null
  readonly quantiles: { readonly p5: number; readonly p50: number; readonly p95: number }
}

export interface PricingSummary {
  readonly kind: 'pricing'
  readonly sessions: number
  readonly converged: number
  readonly profitGain: Figure
  readonly periods: Figure
  readonly price: Figure
  /** Shares of sessions. */
  readonly cycles: { readonly one: number; readonly two: number; readonly longer: number }
  readonly nashOnPath: number
  /** Mean over sessions of the response to a deviation of one period; index 0 is the period before. */
  readonly response: {
    readonly deviator: readonly number[]
    readonly rival: readonly number[]
    readonly shareUnprofitable: number
    readonly punishmentLength: number
  }
}

export interface AuctionSummary {
  readonly kind: 'auction'
  readonly sessions: number
  readonly converged: number
  /** Of the sessions that converged, as in the paper; of all when none did. */
  readonly revenue: Figure
  readonly periods: Figure
  /** Share of those sessions by revenue, to two decimals. */
  readonly revenues: Readonly<Record<string, number>>
}

export type StudySummary = PricingSummary | AuctionSummary

/** @param outcomes at least one, all of one kind */
export function studySummary(outcomes: readonly SessionOutcome[]): StudySummary {
  const pricing = outcomes.filter((outcome) => outcome.kind === 'pricing')
  return pricing.length > 0
    ? pricingSummary(pricing)
    : auctionSummary(outcomes.filter((outcome) => outcome.kind === 'auction'))
}

export function pricingSummary(outcomes: readonly PricingOutcome[]): PricingSummary {
  const share = (holds: (outcome: PricingOutcome) => boolean) =>
    outcomes.filter(holds).length / outcomes.length
  const mean = (of: (outcome: PricingOutcome) => number) => meanOf(outcomes.map(of))
  const series = (of: (outcome: PricingOutcome) => readonly number[]) =>
    (outcomes[0] === undefined ? [] : of(outcomes[0])).map((_, index) =>
      mean((outcome) => of(outcome)[index] ?? Number.NaN),
    )
  return {
    kind: 'pricing',
    sessions: outcomes.length,
    converged: outcomes.filter(({ converged }) => converged).length,
    profitGain: figureOf(outcomes.map(({ profitGain }) => profitGain)),
    periods: figureOf(outcomes.map(({ periods }) => periods)),
    price: figureOf(outcomes.map(({ prices }) => meanOf(prices))),
    cycles: {
      one: share(({ cycleLength }) => cycleLength === 1),
      two: share(({ cycleLength }) => cycleLength === 2),
      longer: share(({ cycleLength }) => cycleLength > 2),
    },
    nashOnPath: share(({ nashOnPath }) => nashOnPath),
    response: {
      deviator: series(({ response }) => response.deviator),
      rival: series(({ response }) => response.rival),
      shareUnprofitable: mean(({ response }) => response.shareUnprofitable),
      punishmentLength: mean(({ response }) => response.punishmentLength),
    },
  }
}

export function auctionSummary(outcomes: readonly AuctionOutcome[]): AuctionSummary {
  const settled = outcomes.filter(({ converged }) => converged)
  const counted = settled.length > 0 ? settled : outcomes
  const revenues: Record<string, number> = {}
  for (const { revenue } of counted.toSorted((a, b) => a.revenue - b.revenue)) {
    const key = revenue.toFixed(2)
    revenues[key] = (revenues[key] ?? 0) + 1 / counted.length
  }
  return {
    kind: 'auction',
    sessions: outcomes.length,
    converged: settled.length,
    revenue: figureOf(counted.map(({ revenue }) => revenue)),
    periods: figureOf(outcomes.map(({ periods }) => periods)),
    revenues,
  }
}

export function figureOf(values: readonly number[]): Figure {
  const mean = meanOf(values)
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? mean
  const quantiles = { p5: at(0.05), p50: at(0.5), p95: at(0.95) }
  if (values.length < 2) return { mean, sd: null, interval: null, quantiles }
  const sd = Math.sqrt(
    values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (values.length - 1),
  )
  const reach = (1.96 * sd) / Math.sqrt(values.length)
  return { mean, sd, interval: [mean - reach, mean + reach], quantiles }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
