// What a member remembers of tenders that it has not learnt the end of: of the latest only, since some never end.

/** More open tenders than a member ever has under way. */
const MOST_OPEN = 4_096

/** A value for each of the latest tenders, by id. */
export class LatestTenders<Value> {
  readonly #values = new Map<string, Value>()

  /** Remembers a tender, and no longer the one that was remembered first of too many. */
  set(id: string, value: Value): void {
    this.#values.set(id, value)
    if (this.#values.size <= MOST_OPEN) return
    const [oldest] = this.#values.keys()
    if (oldest !== undefined) this.#values.delete(oldest)
  }

  /** What was remembered, which is then forgotten. */
  take(id: string): Value | undefined {
    const value = this.#values.get(id)
    this.#values.delete(id)
    return value
  }
}
