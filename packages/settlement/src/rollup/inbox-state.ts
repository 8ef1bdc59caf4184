// What the L1 knows of one rollup: how far its blocks are ordered, proposed and proven.
import type { Hash32 } from '@solvent/primitives'
import { UndoableCell, type UndoLog } from '../ledger/undo-log.ts'

/** The newest entry of each series; block 0 (genesis) counts as batched, proposed and proven. */
export class InboxState {
  readonly batchedTo: UndoableCell<number>
  readonly rootedTo: UndoableCell<number>
  readonly provenTo: UndoableCell<number>
  readonly tip: UndoableCell<Hash32 | null>

  constructor(log: UndoLog) {
    this.batchedTo = new UndoableCell(log, 0)
    this.rootedTo = new UndoableCell(log, 0)
    this.provenTo = new UndoableCell(log, 0)
    this.tip = new UndoableCell<Hash32 | null>(log, null)
  }
}
