// What an L1 forces upon the chains of a sequencer: by when, said with the transaction, or, with a delay buffer, when it has been read.
import type { ChainId, Hash32 } from '@solvent/primitives'
import { type Block, type ChainEvent, decodeTransaction, type SignedTransaction } from '@solvent/protocol'
import type { ChainProducer } from './chain-producer.ts'

type Producer = Pick<ChainProducer, 'offer' | 'force'>

/** Hears why the pool of a rollup's producer does not take what the L1 has for it. */
type OnRefused = (rollup: ChainId, hash: Hash32, reason: string | null) => void

interface Inbox {
  readonly producer: Producer
  /** In the order in which the L1 took them; null: what cannot be read. */
  readonly taken: (SignedTransaction | null)[]
  /** How many were read by the newest reading, and by those before. */
  readonly reads: number[]
}

export class ForcedDesk {
  readonly #inboxes: ReadonlyMap<ChainId, Inbox>

  readonly #onRefused: OnRefused

  constructor(producers: ReadonlyMap<ChainId, Producer>, onRefused: OnRefused) {
    this.#onRefused = onRefused
    this.#inboxes = new Map(
      [...producers].map(([chainId, producer]) => [chainId, { producer, taken: [], reads: [] }]),
    )
  }

  /** A followed block. */
  onBlock({ receipts }: Block): void {
    for (const { events } of receipts) for (const event of events) this.#read(event)
  }

  /** A block is no longer followed: the L1 has not taken what it took. What it forced stays forced. */
  onOrphaned({ receipts }: Block): void {
    for (const { events } of receipts)
      for (const event of events) {
        if (event.kind === 'transaction-forced') this.#inboxes.get(event.rollup)?.taken.pop()
        else if (event.kind === 'forced-read') this.#inboxes.get(event.rollup)?.reads.pop()
      }
  }

  #read(event: ChainEvent): void {
    if (event.kind !== 'transaction-forced' && event.kind !== 'forced-read') return
    const inbox = this.#inboxes.get(event.rollup)
    if (inbox === undefined) return
    const { producer, taken, reads } = inbox
    if (event.kind === 'forced-read') {
      for (const signed of taken.slice(reads.at(-1) ?? 0, event.read))
        if (signed !== null) producer.force(signed, event.dueAt)
      reads.push(event.read)
      return
    }
    const signed = decodeTransaction(event.raw)
    taken.push(signed)
    if (signed === null) return
    producer.offer(signed, (accepted, reason) => {
      if (!accepted) this.#onRefused(event.rollup, event.hash, reason)
    })
    if (event.dueAt !== null) producer.force(signed, event.dueAt)
  }
}
