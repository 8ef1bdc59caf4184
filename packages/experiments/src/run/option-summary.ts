// The option desks' part of a run's summary. Amounts are base units.
import type { RunReport } from '@solvent/nodes'
import { chainName, shareOf } from './contract-figures.ts'

export interface OptionSummary {
  readonly id: string
  readonly chain: string
  readonly capitalAtStart: string
  readonly sales: number
  readonly units: string
  readonly premiums: string
  readonly owed: string
  readonly due: string
  readonly paid: string
  /** Due of what is owed; null before a series is settled with something owed. */
  readonly paidShare: number | null
  readonly highVolatility: number | null
  readonly hedges: number
  readonly hedgersSold: string
  readonly hedgersBought: string
}

const BPS = 10_000

export function optionSummaries(report: RunReport): OptionSummary[] {
  return report.derivatives.optionDesks.map((each) => ({
    id: each.id,
    chain: chainName(report, each.chainId),
    capitalAtStart: String(each.capitalAtStart),
    sales: each.sales,
    units: String(each.units),
    premiums: String(each.premiums),
    owed: String(each.owed),
    due: String(each.due),
    paid: String(each.paid),
    paidShare: shareOf(each.due, each.owed),
    highVolatility: each.highVolatilityBps === null ? null : Number(each.highVolatilityBps) / BPS,
    hedges: each.hedges,
    hedgersSold: String(each.hedgersSold),
    hedgersBought: String(each.hedgersBought),
  }))
}
