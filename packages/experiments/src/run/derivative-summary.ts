// The derivatives' part of a run's summary; expectations reach it as `custodians[ftx].paid`.
import type { RunReport } from '@solvent/nodes'
import { type CoverSummary, coverSummaries } from './cover-summary.ts'
import { type CustodianSummary, custodianSummaries } from './custodian-summary.ts'
import { type DiscountWindowSummary, discountWindowSummaries } from './discount-window-summary.ts'
import { type NavFundSummary, navFundSummaries } from './nav-fund-summary.ts'
import { type OptionSummary, optionSummaries } from './option-summary.ts'
import { type PerpetualSummary, perpetualSummaries } from './perpetual-summary.ts'

export interface DerivativeSummaries {
  readonly custodians: readonly CustodianSummary[]
  readonly perpetuals: readonly PerpetualSummary[]
  readonly covers: readonly CoverSummary[]
  readonly discountWindows: readonly DiscountWindowSummary[]
  readonly optionDesks: readonly OptionSummary[]
  readonly navFunds: readonly NavFundSummary[]
}

export function derivativeSummaries(report: RunReport): DerivativeSummaries {
  return {
    custodians: custodianSummaries(report),
    perpetuals: perpetualSummaries(report),
    covers: coverSummaries(report),
    discountWindows: discountWindowSummaries(report),
    optionDesks: optionSummaries(report),
    navFunds: navFundSummaries(report),
  }
}
