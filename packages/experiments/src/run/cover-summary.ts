// The cover funds' part of a run's summary. Amounts are base units.
import type { RunReport } from '@solvent/nodes'
import { chainName, shareOf } from './contract-figures.ts'

export interface CoverSummary {
  readonly id: string
  readonly chain: string
  readonly capitalAtStart: string
  readonly premiums: string
  readonly sold: string
  readonly triggeredAtSeconds: number | null
  readonly claims: number
  readonly paid: string
  readonly unpaid: string
  /** Paid of what those who have claimed were covered for; null before the first. */
  readonly paidShare: number | null
}

export function coverSummaries(report: RunReport): CoverSummary[] {
  return report.derivatives.covers.map((each) => ({
    id: each.id,
    chain: chainName(report, each.chainId),
    capitalAtStart: String(each.capitalAtStart),
    premiums: String(each.premiums),
    sold: String(each.sold),
    triggeredAtSeconds: each.triggeredAtSeconds,
    claims: each.claims,
    paid: String(each.paid),
    unpaid: String(each.unpaid),
    paidShare: shareOf(each.paid, each.paid + each.unpaid),
  }))
}
