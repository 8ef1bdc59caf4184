// What one liquidity pool of a bridge on one chain remembers. Its cash is a ledger balance (POOL), its shares are a
// token. `claims` is what the other chains' pools owe it for payouts less what it owes them for what was paid in here.
import type { Address, Hash32 } from '@solvent/primitives'
import { UndoableCell, UndoableMap, type UndoLog } from '../../ledger/undo-log.ts'

/** A delivered transfer that waits for cash. */
export interface QueuedPayout {
  readonly message: Hash32
  readonly recipient: Address
  /** What the message carries. */
  readonly amount: bigint
  readonly fee: bigint
}

/** One payout for one. */
export const PAR_E18 = 10n ** 18n

export class PoolState {
  /** What its providers hold. */
  readonly shareToken: Address
  readonly claims: UndoableCell<bigint>
  readonly rateE18: UndoableCell<bigint>
  readonly #queue: UndoableMap<number, QueuedPayout>
  readonly #first: UndoableCell<number>
  readonly #end: UndoableCell<number>

  constructor(log: UndoLog, shareToken: Address) {
    this.shareToken = shareToken
    this.claims = new UndoableCell(log, 0n)
    this.rateE18 = new UndoableCell(log, PAR_E18)
    this.#queue = new UndoableMap(log)
    this.#first = new UndoableCell(log, 0)
    this.#end = new UndoableCell(log, 0)
  }

  get waiting(): number {
    return this.#end.get() - this.#first.get()
  }

  /** The one that waits longest, with its position, or null. */
  next(): { readonly payout: QueuedPayout; readonly position: number } | null {
    const position = this.#first.get()
    return this.waiting === 0 ? null : { payout: this.#queue.get(position) as QueuedPayout, position }
  }

  /** Puts a payout behind all others and returns its position. */
  enqueue(payout: QueuedPayout): number {
    const position = this.#end.get()
    this.#queue.set(position, Object.freeze(payout))
    this.#end.set(position + 1)
    return position
  }

  /** Takes out the one that waits longest. */
  dequeue(): void {
    this.#first.set(this.#first.get() + 1)
  }
}
