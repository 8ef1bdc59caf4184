// What a poster tells the L1 of the transactions in its rollup's delayed inbox: how many, in the order in which the L1 took them, the
// rollup's chain is done with (Arbitrum: afterDelayedMessagesRead). One whose nonce is not its sender's next cannot run: that is done with,
// too, as Nitro is with a message that fails.
import type { Address } from '@solvent/primitives'
import { type Block, type ChainEvent, decodeTransaction, type Transaction } from '@solvent/protocol'

interface Taken {
  readonly hash: string
  readonly transaction: Pick<Transaction, 'from' | 'nonce'> | null
  /** Number of the rollup's block that has it; null while none does. */
  includedIn: number | null
}

export class ForcedReads {
  readonly #taken: Taken[] = []
  /** How many the L1 says have been read: the newest, and those before. */
  readonly #reads: number[] = []
  /** The next of each sender, in the newest block of the rollup. */
  readonly #nonces = new Map<Address, number>()

  /** A block of the L1. */
  onL1({ receipts }: Block, rollup: number): void {
    for (const event of forcedIn(receipts, rollup))
      if (event.kind === 'forced-read') this.#reads.push(event.read)
      else {
        const transaction = decodeTransaction(event.raw)?.transaction ?? null
        this.#taken.push({ hash: event.hash, transaction, includedIn: null })
      }
  }

  onL1Orphaned({ receipts }: Block, rollup: number): void {
    for (const { kind } of forcedIn(receipts, rollup))
      if (kind === 'forced-read') this.#reads.pop()
      else this.#taken.pop()
  }

  /** A block of the rollup. */
  onOwn({ header, receipts, transactions }: Block): void {
    for (const { transaction } of transactions) this.#nonces.set(transaction.from, transaction.nonce + 1)
    for (const { transactionHash } of receipts)
      for (const each of this.#taken) if (each.hash === transactionHash) each.includedIn = header.number
  }

  onOwnOrphaned({ header, transactions }: Block): void {
    for (const { transaction } of [...transactions].reverse())
      this.#nonces.set(transaction.from, transaction.nonce)
    for (const each of this.#taken) if (each.includedIn === header.number) each.includedIn = null
  }

  /** By the end of a batch with this block, the newest of the rollup. */
  readBy({ number }: Pick<Block['header'], 'number'>): number {
    const waiting = this.#taken.findIndex(({ includedIn, transaction }) =>
      includedIn === null ? this.#canRun(transaction) : includedIn > number,
    )
    return Math.max(waiting < 0 ? this.#taken.length : waiting, this.#reads.at(-1) ?? 0)
  }

  #canRun(transaction: Taken['transaction']): boolean {
    return transaction !== null && (this.#nonces.get(transaction.from) ?? 0) === transaction.nonce
  }
}

type ForcedEvent = Extract<ChainEvent, { kind: 'transaction-forced' | 'forced-read' }>

function forcedIn(receipts: Block['receipts'], rollup: number): ForcedEvent[] {
  return receipts.flatMap(({ events }) =>
    events.filter(
      (event): event is ForcedEvent =>
        (event.kind === 'transaction-forced' || event.kind === 'forced-read') && event.rollup === rollup,
    ),
  )
}
