// What an L1 forces upon the chains of a sequencer, and when it is due: said with the transaction, and again when a batch moves it.

import type { ChainId, Hash32 } from '@solvent/primitives'
import { type Block, type ChainEvent, decodeTransaction, type SignedTransaction } from '@solvent/protocol'
import type { ChainProducer } from './chain-producer.ts'

type Producers = ReadonlyMap<ChainId, Pick<ChainProducer, 'force' | 'forceAt'>>

export class ForcedDesk {
  readonly #producers: Producers
  readonly #forced = new Map<Hash32, SignedTransaction>()

  constructor(producers: Producers) {
    this.#producers = producers
  }

  /** A followed block. */
  onBlock({ receipts }: Block): void {
    for (const { events } of receipts) for (const event of events) this.#read(event)
  }

  /** A block is no longer followed: what it moved is due as before. What it forced stays forced. */
  onOrphaned({ receipts }: Block): void {
    for (const { events } of [...receipts].reverse())
      for (const event of [...events].reverse())
        if (event.kind === 'forced-moved') this.#move(event, event.before)
  }

  #read(event: ChainEvent): void {
    if (event.kind === 'forced-moved') return this.#move(event, event.dueAt)
    if (event.kind !== 'transaction-forced') return
    const producer = this.#producers.get(event.rollup)
    const signed = producer === undefined ? null : decodeTransaction(event.raw)
    if (signed === null) return
    this.#forced.set(event.hash, signed)
    producer?.force(signed, event.dueAt)
  }

  #move({ rollup, hash }: Extract<ChainEvent, { kind: 'forced-moved' }>, dueAt: number): void {
    const signed = this.#forced.get(hash)
    if (signed !== undefined) this.#producers.get(rollup)?.forceAt(signed, dueAt)
  }
}
