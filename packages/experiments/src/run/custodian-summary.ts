// The custodians' part of a run's summary: what the chain sees of them. Amounts are base units.
import type { RunReport } from '@solvent/nodes'
import { chainName, shareOf } from './contract-figures.ts'

export interface CustodianSummary {
  readonly id: string
  readonly chain: string
  readonly coinsAtStart: string
  readonly coins: string
  readonly received: string
  /** Withdrawals before it was wound up. */
  readonly paid: string
  readonly sentElsewhere: string
  readonly haltedAtSeconds: number | null
  readonly woundUpAtSeconds: number | null
  /** By the list of creditors that it files in the end. */
  readonly owed: string
  readonly estate: string
  readonly estatePaid: string
  /** Owed and not there. */
  readonly shortfall: string
  /** What creditors get of what they are owed; null before there is a list. */
  readonly recovery: number | null
}

export function custodianSummaries(report: RunReport): CustodianSummary[] {
  return report.derivatives.custodians.map((each) => ({
    id: each.id,
    chain: chainName(report, each.chainId),
    coinsAtStart: String(each.coinsAtStart),
    coins: String(each.coins),
    received: String(each.received),
    paid: String(each.paid),
    sentElsewhere: String(each.sentElsewhere),
    haltedAtSeconds: each.haltedAtSeconds,
    woundUpAtSeconds: each.woundUpAtSeconds,
    owed: String(each.owed),
    estate: String(each.estate),
    estatePaid: String(each.estatePaid),
    shortfall: String(each.owed > each.estate ? each.owed - each.estate : 0n),
    recovery: shareOf(each.estatePaid, each.owed),
  }))
}
