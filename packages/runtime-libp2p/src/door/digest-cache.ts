// What has been seen, by digest: least recently stored out first, entries die after their time to live.

/** A bounded map with a time to live; times are milliseconds of any steady clock. */
export class DigestCache<T> {
  readonly #entries = new Map<string, { readonly value: T; readonly untilMs: number }>()
  readonly #capacity: number
  readonly #ttlMs: number

  constructor(capacity: number, ttlMs: number) {
    this.#capacity = capacity
    this.#ttlMs = ttlMs
  }

  get(digest: string, nowMs: number): T | undefined {
    const entry = this.#entries.get(digest)
    if (entry === undefined) return undefined
    if (entry.untilMs >= nowMs) return entry.value
    this.#entries.delete(digest)
    return undefined
  }

  set(digest: string, value: T, nowMs: number): void {
    this.#entries.delete(digest)
    this.#entries.set(digest, { value, untilMs: nowMs + this.#ttlMs })
    while (this.#entries.size > this.#capacity) {
      const oldest = this.#entries.keys().next()
      if (oldest.done === true) return
      this.#entries.delete(oldest.value)
    }
  }

  get size(): number {
    return this.#entries.size
  }
}
