// The contract of a fund of assets outside the chain: its state behind the chain's undo log. What the assets are worth it never sees.
import type { NavFundSpec } from '@solvent/protocol'
import { UndoableCell, type UndoLog } from '../../ledger/undo-log.ts'
import type { NavFund, NavRules } from './nav-fund.ts'

/** From eight decimals of an oracle to the eighteen of a mark. */
export const MARK_SCALE = 10n ** 10n

export class NavFundContract {
  readonly spec: NavFundSpec
  readonly rules: NavRules
  readonly fund: UndoableCell<NavFund>

  constructor(log: UndoLog, spec: NavFundSpec, genesisSeconds: number) {
    this.spec = spec
    const { noticeSeconds, pricedAt, gateBps } = spec
    // Its oracle sees to schedule and lag.
    this.rules = { markEverySeconds: 1, markLagSeconds: 0, noticeSeconds, pricedAt, gateBps }
    this.fund = new UndoableCell<NavFund>(log, {
      shares: 0n,
      cash: spec.buffer,
      assets: 0n,
      mark: { valueE18: spec.startMarkE8 * MARK_SCALE, publishedAt: genesisSeconds },
      queue: [],
      paidShares: 0n,
    })
  }
}
