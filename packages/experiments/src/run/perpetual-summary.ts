// The clearing houses' part of a run's summary. Amounts are base units of the coin of settlement.
import type { RunReport } from '@solvent/nodes'
import { chainName } from './contract-figures.ts'

export interface PerpetualSummary {
  readonly id: string
  readonly chain: string
  readonly trades: number
  readonly volume: string
  readonly liquidations: number
  /** Orders in a book that liquidations took from. */
  readonly liquidationFills: number
  /** Positions of others that were closed against a liquidated one. */
  readonly deleveragings: number
  readonly fundingPayments: number
  readonly highestMarginBps: number
  /** The last rate of an interval; null before the first. */
  readonly lastFunding: number | null
  readonly fundAtStart: string
  /** After the last liquidation. */
  readonly fund: string
  /** Losses that nobody has paid. */
  readonly badDebt: string
  /** To those who liquidated. */
  readonly rewards: string
}

const WAD = 1e18

export function perpetualSummaries(report: RunReport): PerpetualSummary[] {
  return report.derivatives.perpetuals.map((each) => ({
    id: each.id,
    chain: chainName(report, each.chainId),
    trades: each.trades,
    volume: String(each.volume),
    liquidations: each.liquidations,
    liquidationFills: each.liquidationFills,
    deleveragings: each.deleveragings,
    fundingPayments: each.fundingPayments,
    highestMarginBps: Number(each.highestMarginBps),
    lastFunding: each.lastFundingE18 === null ? null : Number(each.lastFundingE18) / WAD,
    fundAtStart: String(each.fundAtStart),
    fund: String(each.fundAfterLiquidation),
    badDebt: String(each.badDebt),
    rewards: String(each.rewards),
  }))
}
