// A node's disk: what it reads is in memory, what survives a crash is what the log had taken by then. Bytes are
// copied on their way in and out, and never changed in between: memory and log share them.

/** `kept`: everything written survives; `unsynced-lost`: only what was answered; `lost`: nothing. */
export type DiskFate = 'kept' | 'unsynced-lost' | 'lost'

export class SimStore {
  readonly #visible = new Map<string, Uint8Array>()
  readonly #durable = new Map<string, Uint8Array>()

  /** Returns what was written, for `sync`. */
  put(key: string, bytes: Uint8Array): Uint8Array {
    const written = bytes.slice()
    this.#visible.set(key, written)
    return written
  }

  delete(key: string): void {
    this.#visible.delete(key)
  }

  /** The log has taken the key's value as it was when written. */
  sync(key: string, bytes: Uint8Array | null): void {
    if (bytes === null) this.#durable.delete(key)
    else this.#durable.set(key, bytes)
  }

  get(key: string): Uint8Array | undefined {
    return this.#visible.get(key)?.slice()
  }

  keys(prefix: string): string[] {
    return [...this.#visible.keys()].filter((key) => key.startsWith(prefix)).sort((a, b) => (a < b ? -1 : 1))
  }

  crash(fate: DiskFate): void {
    if (fate === 'lost') this.#durable.clear()
    if (fate === 'kept') {
      this.#durable.clear()
      for (const [key, bytes] of this.#visible) this.#durable.set(key, bytes)
    }
    this.#visible.clear()
    for (const [key, bytes] of this.#durable) this.#visible.set(key, bytes)
  }
}
