// What the contract of preconfirmations knows: bonds, the promises that were shown broken, and where transactions stand.
import type { Address, Hash32 } from '@solvent/primitives'
import { UndoableMap, type UndoLog } from '../ledger/undo-log.ts'

export class PreconfirmationState {
  /** Wei by producer. */
  readonly bonds: UndoableMap<Address, bigint>
  /** Digests of broken promises that have been paid for. */
  readonly settled: UndoableMap<Hash32, true>
  /** Block of each transaction, on a chain whose producers promise. */
  readonly included: UndoableMap<Hash32, number>

  constructor(log: UndoLog) {
    this.bonds = new UndoableMap(log)
    this.settled = new UndoableMap(log)
    this.included = new UndoableMap(log)
  }
}
