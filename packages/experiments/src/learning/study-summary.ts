// What the sessions of a study come to: means with their intervals, spreads, shares.
import type { AuctionOutcome, PricingOutcome } from '@solvent/collusion'
import { type Figure, figureOf, meanOf } from './figure.ts'
import type { StudyOutcome } from './study.ts'
import { type TendersSummary, tendersSummary } from './tenders-summary.ts'

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

export type StudySummary = PricingSummary | AuctionSummary | TendersSummary

/** @param outcomes at least one, all of one kind */
export function studySummary(outcomes: readonly StudyOutcome[]): StudySummary {
  const tenders = outcomes.filter((outcome) => outcome.kind === 'tenders')
  if (tenders.length > 0) return tendersSummary(tenders)
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
