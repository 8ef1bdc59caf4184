// The transactions that the L1 has forced upon a rollup, at the rollup's producers: from its due time on no block may do
// without one that could be in it. What cannot run (its nonce is used or not next, its fees cannot be paid) waits. Where the L1 keeps a
// delayed inbox it has failed: each has one turn, in the inbox's order, in the first block at or after its due time (OffchainLabs/nitro,
// arbos/block_processor.go: a transaction of a delayed message that is invalid when it is run is ignored, and nothing runs it again).
import { type SignedTransaction, type TransactionHash, transactionDigest } from '@solvent/protocol'
import type { ChainState } from '../chain/chain-state.ts'
import { UndoableMap, type UndoLog } from '../ledger/undo-log.ts'
import { type BlockContext, isRunnable, paysBaseFees } from './run-transaction.ts'

export interface ForcedTransaction {
  readonly signed: SignedTransaction
  readonly hash: TransactionHash
  /** Unix seconds of the rollup's chain time. */
  readonly dueAt: number
  /** The chain has had a block since: nobody here can say what that one had to hold. */
  readonly isLate: boolean
}

/** What an L1 says: a transaction, and by when. */
export type Forcing = Pick<ForcedTransaction, 'signed' | 'dueAt' | 'isLate'>

/** What decides whether a transaction can run. */
export interface Place {
  readonly state: ChainState
  /** Unix seconds of the block. */
  readonly now: number
  readonly market: BlockContext['market']
}

export class ForcedQueue {
  /** Each has one turn; otherwise it waits until it can run. */
  readonly hasTurns: boolean
  /** By hash, in the order in which the L1 took them. */
  readonly #forced = new Map<TransactionHash, ForcedTransaction>()
  /** Which have had their turn, taken back with the block that gave it. */
  readonly #had: UndoableMap<string, true>

  constructor(log: UndoLog, hasTurns: boolean) {
    this.hasTurns = hasTurns
    this.#had = new UndoableMap(log)
  }

  add({ signed, dueAt, isLate }: Forcing): void {
    const hash = transactionDigest(signed.transaction)
    if (this.#forced.get(hash)?.dueAt === dueAt) return
    // Handed in once more after it has failed, it comes after those before it.
    if (this.hasTurns) this.#forced.delete(hash)
    this.#forced.set(hash, { signed, hash, dueAt, isLate })
  }

  /** What a block at `now` on this state must hold; where each has a turn, `turns`. */
  due({ state, now, market }: Place): readonly ForcedTransaction[] {
    if (this.#forced.size === 0) return []
    return [...this.#forced.values()].filter(
      ({ signed: { transaction }, dueAt }) =>
        dueAt <= now && isRunnable(state, transaction) && paysBaseFees(transaction, market),
    )
  }

  /** Whether a block at `now` must hold something. */
  isDue(state: ChainState, now: number): boolean {
    for (const forced of this.#forced.values())
      if (forced.dueAt <= now && !this.#hasHad(forced) && isRunnable(state, forced.signed.transaction))
        return true
    return false
  }

  /** Those whose turn it is in a block at `now`, in their order. */
  turns(now: number): readonly ForcedTransaction[] {
    if (this.#forced.size === 0) return []
    return [...this.#forced.values()].filter((forced) => forced.dueAt <= now && !this.#hasHad(forced))
  }

  /** One has had its turn. */
  pass(forced: ForcedTransaction): void {
    this.#had.set(turnOf(forced), true)
  }

  #hasHad(forced: ForcedTransaction): boolean {
    return this.#had.get(turnOf(forced)) !== undefined
  }
}

function turnOf({ hash, dueAt }: ForcedTransaction): string {
  return `${hash}/${dueAt}`
}
