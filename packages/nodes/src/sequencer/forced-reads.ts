// What a poster tells the L1 of the transactions in its rollup's delayed inbox: how many, in the order in which the L1 took them, the
// rollup's chain is done with (Arbitrum: afterDelayedMessagesRead). One that cannot run is done with, too, as Nitro is with a message that
// fails: its nonce is not its sender's next, it offers less than the base fee, or the pool says that its sender cannot pay or has not signed it.
import type { Address, Hash32 } from '@solvent/primitives'
import {
  type Block,
  type ChainEvent,
  decodeTransaction,
  type RefusalReason,
  type Transaction,
} from '@solvent/protocol'

interface Taken {
  readonly hash: Hash32
  readonly transaction: Pick<Transaction, 'from' | 'nonce' | 'maxFeePerGas'> | null
  /** Number of the rollup's block that has it; null while none does. */
  includedIn: number | null
}

/** What a pool says of a transaction that a block could not hold; anything else is about the pool. */
const CANNOT_RUN: ReadonlySet<string> = new Set<RefusalReason>([
  'underfunded',
  'not-authorised',
  'fee-too-low',
])

export class ForcedReads {
  readonly #taken: Taken[] = []
  /** How many the L1 says have been read: the newest, and those before. */
  readonly #reads: number[] = []
  /** The next of each sender, in the newest block of the rollup. */
  readonly #nonces = new Map<Address, number>()
  /** What the rollup's pool did not take. */
  readonly #refused = new Set<Hash32>()

  /** A block of the L1. */
  onL1({ receipts }: Block, rollup: number): void {
    for (const event of forcedIn(receipts, rollup))
      if (event.kind === 'forced-read') this.#reads.push(event.read)
      else {
        const transaction = decodeTransaction(event.raw)?.transaction ?? null
        // Handed in once more, the pool is asked once more.
        this.#refused.delete(event.hash)
        this.#taken.push({ hash: event.hash, transaction, includedIn: null })
      }
  }

  onL1Orphaned({ receipts }: Block, rollup: number): void {
    for (const { kind } of forcedIn(receipts, rollup))
      if (kind === 'forced-read') this.#reads.pop()
      else this.#taken.pop()
  }

  /** The rollup's pool does not take one. Should it be able to run when its turn comes, the block that it comes in may not do without it. */
  onRefused(hash: Hash32, reason: string | null): void {
    if (reason !== null && CANNOT_RUN.has(reason)) this.#refused.add(hash)
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
  readBy({ number, baseFee }: Pick<Block['header'], 'number' | 'baseFee'>): number {
    const waiting = this.#taken.findIndex((each) =>
      each.includedIn === null ? this.#canRun(each, baseFee) : each.includedIn > number,
    )
    return Math.max(waiting < 0 ? this.#taken.length : waiting, this.#reads.at(-1) ?? 0)
  }

  #canRun({ hash, transaction }: Taken, baseFee: bigint): boolean {
    if (transaction === null || this.#refused.has(hash) || transaction.maxFeePerGas < baseFee) return false
    return (this.#nonces.get(transaction.from) ?? 0) === transaction.nonce
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
