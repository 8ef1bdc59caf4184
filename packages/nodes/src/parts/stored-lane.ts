// What the store has of one lane: a record for each nonce, and which of those given to it it has not answered for yet.
import type { Store, StoreTicket } from '@solvent/ports'
import type { ChainId } from '@solvent/primitives'
import {
  decodeRecord,
  encodeRecord,
  nonceOfKey,
  recordKey,
  recordPrefix,
  type TransactionRecord,
} from './transaction-record.ts'

export class StoredLane {
  readonly #chainId: ChainId
  readonly #store: Store
  readonly #awaited = new Map<StoreTicket, number>()

  constructor(chainId: ChainId, store: Store) {
    this.#chainId = chainId
    this.#store = store
  }

  /** What it has, by nonce. */
  *records(): Iterable<readonly [nonce: number, record: TransactionRecord]> {
    for (const key of this.#store.keys(recordPrefix(this.#chainId))) {
      const bytes = this.#store.get(key)
      if (bytes !== undefined) yield [nonceOfKey(key), decodeRecord(bytes)]
    }
  }

  put(nonce: number, record: TransactionRecord): StoreTicket {
    return this.#store.put(recordKey(this.#chainId, nonce), () => encodeRecord(record))
  }

  /** Puts a record whose answer somebody waits for. */
  putAwaited(nonce: number, record: TransactionRecord): void {
    this.#awaited.set(this.put(nonce, record), nonce)
  }

  /** The nonce that the store has answered for; undefined when nobody waits for it. */
  answered(ticket: StoreTicket): number | undefined {
    const nonce = this.#awaited.get(ticket)
    this.#awaited.delete(ticket)
    return nonce
  }

  delete(nonce: number): void {
    this.#store.delete(recordKey(this.#chainId, nonce))
  }
}
