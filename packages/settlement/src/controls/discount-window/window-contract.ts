// The contract of a discount window: its loans behind the chain's undo log. Its coins, and pledges, are POOL of its address.
import type { Address } from '@solvent/primitives'
import type { DiscountWindowSpec } from '@solvent/protocol'
import { UndoableCell, UndoableMap, type UndoLog } from '../../ledger/undo-log.ts'

export interface WindowLoan {
  readonly borrower: Address
  readonly collateral: Address
  readonly pledged: bigint
  readonly principal: bigint
  /** Unix seconds. */
  readonly drawnAt: number
  readonly dueAt: number
}

export class DiscountWindowContract {
  readonly spec: DiscountWindowSpec
  readonly count: UndoableCell<number>
  readonly loans: UndoableMap<number, WindowLoan>

  constructor(log: UndoLog, spec: DiscountWindowSpec) {
    this.spec = spec
    this.count = new UndoableCell(log, 0)
    this.loans = new UndoableMap(log)
  }
}
