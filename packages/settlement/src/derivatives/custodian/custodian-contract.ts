// What the contract of a custodian remembers, behind the chain's undo log: whether it has stopped paying, and once it is wound up what
// there is for all and who may still claim. What it owes before that stands in books of its own, which no chain sees.
import type { CustodianSpec } from '@solvent/protocol'
import { UndoableCell, UndoableMap, type UndoLog } from '../../ledger/undo-log.ts'
import type { CustodianBook } from './custodian-book.ts'

export class CustodianContract {
  readonly spec: CustodianSpec
  readonly status: UndoableCell<CustodianBook['status']>
  readonly estate: UndoableCell<CustodianBook['estate']>
  /** Of those who have not been paid their part. */
  readonly claims: UndoableMap<string, bigint>

  constructor(log: UndoLog, spec: CustodianSpec) {
    this.spec = spec
    this.status = new UndoableCell<CustodianBook['status']>(log, 'open')
    this.estate = new UndoableCell<CustodianBook['estate']>(log, null)
    this.claims = new UndoableMap(log)
  }
}
