// What an engine keeps to while validators finalise two branches: whose transactions do not come back when one of them is left, and
// what the other one holds, which is hidden as long as nobody follows it.
import type { Block, SignedTransaction } from '@solvent/protocol'
import { transactionDigest } from '@solvent/protocol'
import { TransactionPool } from '../chain/transaction-pool.ts'

export class BranchHold {
  readonly #spendTwice: ReadonlySet<string>
  /** Of the hidden branch, whatever nonces the followed one has used meanwhile. */
  readonly hiddenPool = new TransactionPool()

  constructor(spendTwice: readonly string[] = [], hidden: readonly SignedTransaction[] = []) {
    this.#spendTwice = new Set(spendTwice)
    for (const signed of hidden)
      this.hiddenPool.add(signed, transactionDigest(signed.transaction), signed.transaction.nonce)
  }

  spendsTwice(account: string): boolean {
    return this.#spendTwice.has(account)
  }

  /** A hidden block has been made. */
  made(block: Block | null): void {
    for (const { transaction } of block?.transactions ?? [])
      this.hiddenPool.remove(transaction.from, transaction.nonce)
  }
}
