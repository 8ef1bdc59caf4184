// What the L1 knows of one rollup: how far its blocks are ordered, and which state roots stand.
import type { Hash32 } from '@solvent/primitives'
import { UndoableCell, UndoableMap, type UndoLog } from '../ledger/undo-log.ts'
import { ForcedInbox } from './forced-inbox.ts'
import { ProposalSeries } from './proposal-series.ts'

/** Block 0 (genesis) counts as batched, proposed and proven. */
export class InboxState {
  readonly batchedTo: UndoableCell<number>
  /** Last block of each batch → hash of its header. */
  readonly tips: UndoableMap<number, Hash32>
  /** Last block of each batch → chain time of the L1 block that took it, Unix seconds. */
  readonly batchedAt: UndoableMap<number, number>
  readonly forced: ForcedInbox
  /** Proposed by an optimistic rollup. */
  readonly roots: ProposalSeries
  /** How many of the roots have their bonds back, oldest first. */
  readonly bondsReturned: UndoableCell<number>
  /** Proven by a zk rollup. */
  readonly proofs: ProposalSeries

  constructor(log: UndoLog) {
    this.batchedTo = new UndoableCell(log, 0)
    this.tips = new UndoableMap(log)
    this.batchedAt = new UndoableMap(log)
    this.forced = new ForcedInbox(log)
    this.roots = new ProposalSeries(log)
    this.bondsReturned = new UndoableCell(log, 0)
    this.proofs = new ProposalSeries(log)
  }
}
