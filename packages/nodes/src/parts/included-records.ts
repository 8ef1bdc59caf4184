// What an account remembers of its transactions that blocks have: so many, and the oldest are forgotten.
import type { TransactionRecord } from './transaction-record.ts'

export type IncludedRecord = Extract<TransactionRecord, { state: 'included' }>

/** Records beyond this many are forgotten, oldest first. */
const MAX_RECORDS = 20_000

export class IncludedRecords {
  readonly #records = new Map<number, IncludedRecord>()

  get(nonce: number): IncludedRecord | undefined {
    return this.#records.get(nonce)
  }

  /** Keeps one as it stands in the store. */
  resume(nonce: number, record: IncludedRecord): void {
    this.#records.set(nonce, record)
  }

  /** Keeps one more; the one that is forgotten for it, with its nonce. */
  keep(nonce: number, record: IncludedRecord): readonly [number, IncludedRecord] | null {
    this.#records.set(nonce, record)
    if (this.#records.size <= MAX_RECORDS) return null
    const oldest = this.#records.entries().next().value as [number, IncludedRecord]
    this.#records.delete(oldest[0])
    return oldest
  }

  delete(nonce: number): void {
    this.#records.delete(nonce)
  }
}
