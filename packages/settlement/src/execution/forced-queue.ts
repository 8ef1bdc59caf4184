// The transactions that the L1 has forced upon a rollup, at the rollup's producers: from its due time on no block may do
// without one that could be in it. What cannot run (its nonce is used or not next, its fees cannot be paid) waits.
import { type SignedTransaction, type TransactionHash, transactionDigest } from '@solvent/protocol'
import type { ChainState } from '../chain/chain-state.ts'
import { type BlockContext, isRunnable, paysBaseFees } from './run-transaction.ts'

export interface ForcedTransaction {
  readonly signed: SignedTransaction
  readonly hash: TransactionHash
  /** Unix seconds of the rollup's chain time. */
  readonly dueAt: number
}

export class ForcedQueue {
  /** By hash, in the order in which the L1 took them. */
  readonly #forced = new Map<TransactionHash, ForcedTransaction>()

  add(signed: SignedTransaction, dueAt: number): void {
    const hash = transactionDigest(signed.transaction)
    this.#forced.set(hash, { signed, hash, dueAt })
  }

  /** What a block at `now` on this state must begin with. */
  due(state: ChainState, now: number, market: BlockContext['market']): readonly ForcedTransaction[] {
    if (this.#forced.size === 0) return []
    return [...this.#forced.values()].filter(
      ({ signed: { transaction }, dueAt }) =>
        dueAt <= now && isRunnable(state, transaction) && paysBaseFees(transaction, market),
    )
  }

  /** Whether a block at `now` must hold something. */
  isDue(state: ChainState, now: number): boolean {
    for (const { signed, dueAt } of this.#forced.values())
      if (dueAt <= now && isRunnable(state, signed.transaction)) return true
    return false
  }
}
