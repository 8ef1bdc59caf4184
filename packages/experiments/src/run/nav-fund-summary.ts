// The part of a run's summary about funds of assets outside the chain. Amounts are base units.
import type { RunReport } from '@solvent/nodes'
import { chainName } from './contract-figures.ts'

export interface NavFundSummary {
  readonly id: string
  readonly chain: string
  readonly subscribed: string
  readonly requests: number
  readonly requested: string
  readonly paidShares: string
  readonly waiting: string
  readonly paid: string
  readonly filled: string
  readonly longestWaitSeconds: number
  readonly oldestMarkSeconds: number
}

export function navFundSummaries(report: RunReport): NavFundSummary[] {
  return report.derivatives.navFunds.map((each) => ({
    id: each.id,
    chain: chainName(report, each.chainId),
    subscribed: String(each.subscribed),
    requests: each.requests,
    requested: String(each.requested),
    paidShares: String(each.paidShares),
    waiting: String(each.waiting),
    paid: String(each.paid),
    filled: String(each.filled),
    longestWaitSeconds: each.longestWaitSeconds,
    oldestMarkSeconds: each.oldestMarkSeconds,
  }))
}
