// The state roots that a rollup's contract on the L1 holds, proposed (optimistic) or proven (zk), in ascending order of
// their blocks. Deleting one deletes all later ones.
import type { Address, Hash32 } from '@solvent/primitives'
import { UndoableCell, UndoableMap, type UndoLog } from '../ledger/undo-log.ts'

export interface Proposal {
  /** The last block of a batch: the roots are those after it. */
  readonly block: number
  readonly stateRoot: Hash32
  readonly outboxRoot: Hash32
  readonly proposer: Address
  /** What its proposer has put up, wei; 0 for a proof. */
  readonly bond: bigint
  /** Chain time of the L1, Unix seconds. */
  readonly postedAt: number
}

export class ProposalSeries {
  readonly #items: UndoableMap<number, Proposal>
  readonly #indexOf: UndoableMap<number, number>
  readonly #count: UndoableCell<number>

  constructor(log: UndoLog) {
    this.#items = new UndoableMap(log)
    this.#indexOf = new UndoableMap(log)
    this.#count = new UndoableCell(log, 0)
  }

  get count(): number {
    return this.#count.get()
  }

  /** The newest block that has a root; 0 (genesis) when none has. */
  get newestBlock(): number {
    return this.item(this.count - 1)?.block ?? 0
  }

  /** The proposal in this place, oldest first. */
  item(index: number): Proposal | undefined {
    return index < this.count ? this.#items.get(index) : undefined
  }

  /** Where the proposal of exactly this block stands, if it stands. */
  indexOf(block: number): number | undefined {
    const index = this.#indexOf.get(block)
    return index !== undefined && this.item(index)?.block === block ? index : undefined
  }

  push(proposal: Proposal): void {
    const index = this.count
    this.#items.set(index, Object.freeze(proposal))
    this.#indexOf.set(proposal.block, index)
    this.#count.set(index + 1)
  }

  /** Deletes the proposal in this place and all later ones; returns them, oldest first. */
  deleteFrom(index: number): readonly Proposal[] {
    const deleted: Proposal[] = []
    for (let i = index; i < this.count; i++) deleted.push(this.#items.get(i) as Proposal)
    this.#count.set(index)
    return deleted
  }
}
