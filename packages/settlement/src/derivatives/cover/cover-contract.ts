// The contract of a cover fund: its state behind the chain's undo log.
import type { CoverSpec } from '@solvent/protocol'
import { UndoableCell, type UndoLog } from '../../ledger/undo-log.ts'
import { type CoverFund, EMPTY_COVER_FUND } from './cover-fund.ts'
import { type TriggerState, watching } from './stress-trigger.ts'

export class CoverContract {
  readonly spec: CoverSpec
  readonly fund: UndoableCell<CoverFund>
  readonly trigger: UndoableCell<TriggerState>

  constructor(log: UndoLog, spec: CoverSpec, genesisSeconds: number) {
    this.spec = spec
    this.fund = new UndoableCell<CoverFund>(log, { ...EMPTY_COVER_FUND, capital: spec.capital })
    this.trigger = new UndoableCell(log, watching(genesisSeconds))
  }
}
