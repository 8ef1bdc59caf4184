// The discount windows' part of a run's summary. Amounts are base units.
import type { RunReport } from '@solvent/nodes'
import { chainName } from './contract-figures.ts'

export interface DiscountWindowSummary {
  readonly id: string
  readonly chain: string
  readonly capitalAtStart: string
  readonly draws: number
  readonly lent: string
  /** Lent and neither paid back nor past its term. */
  readonly outstanding: string
  readonly mostOutstanding: string
  readonly interest: string
  /** Loans whose pledge it kept, and principal and interest that nobody paid. */
  readonly seizures: number
  readonly unpaid: string
}

export function discountWindowSummaries(report: RunReport): DiscountWindowSummary[] {
  return report.derivatives.discountWindows.map((each) => ({
    id: each.id,
    chain: chainName(report, each.chainId),
    capitalAtStart: String(each.capitalAtStart),
    draws: each.draws,
    lent: String(each.lent),
    outstanding: String(each.outstanding),
    mostOutstanding: String(each.mostOutstanding),
    interest: String(each.interest),
    seizures: each.seizures,
    unpaid: String(each.unpaid),
  }))
}
