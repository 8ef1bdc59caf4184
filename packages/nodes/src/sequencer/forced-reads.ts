// What a poster tells the L1 of the transactions that were forced upon its rollup: how many, in the order in which they were forced,
// the rollup's chain is done with (Arbitrum: afterDelayedMessagesRead). One that could not run when it was due is done with too.
import type { Block, ChainEvent } from '@solvent/protocol'

interface Forced {
  readonly hash: string
  dueAt: number
  /** Number of the rollup's block that has it; null while none does. */
  includedIn: number | null
}

export class ForcedReads {
  readonly #forced: Forced[] = []

  /** A block of the L1. */
  onL1({ receipts }: Block, rollup: number): void {
    for (const event of forcedIn(receipts, rollup)) {
      const { hash, dueAt } = event
      if (event.kind === 'transaction-forced') this.#forced.push({ hash, dueAt, includedIn: null })
      else this.#move(hash, dueAt)
    }
  }

  onL1Orphaned({ receipts }: Block, rollup: number): void {
    for (const event of forcedIn(receipts, rollup).reverse()) {
      const { hash } = event
      if (event.kind === 'forced-moved') this.#move(hash, event.before)
      else this.#forced.splice(this.#forced.findLastIndex((each) => each.hash === hash) >>> 0, 1)
    }
  }

  #move(hash: string, dueAt: number): void {
    const forced = this.#forced.find((each) => each.hash === hash)
    if (forced !== undefined) forced.dueAt = dueAt
  }

  /** A block of the rollup. */
  onOwn({ header, receipts }: Block): void {
    for (const { transactionHash } of receipts)
      for (const each of this.#forced) if (each.hash === transactionHash) each.includedIn = header.number
  }

  onOwnOrphaned({ header }: Block): void {
    for (const each of this.#forced) if (each.includedIn === header.number) each.includedIn = null
  }

  /** By the end of a batch with this block. */
  readBy({ number, timestamp }: Block['header']): number {
    const waiting = this.#forced.findIndex(
      ({ includedIn, dueAt }) => dueAt > timestamp && (includedIn === null || includedIn > number),
    )
    return waiting < 0 ? this.#forced.length : waiting
  }
}

type ForcedEvent = Extract<ChainEvent, { kind: 'transaction-forced' | 'forced-moved' }>

function forcedIn(receipts: Block['receipts'], rollup: number): ForcedEvent[] {
  return receipts.flatMap(({ events }) =>
    events.filter(
      (event): event is ForcedEvent =>
        (event.kind === 'transaction-forced' || event.kind === 'forced-moved') && event.rollup === rollup,
    ),
  )
}
