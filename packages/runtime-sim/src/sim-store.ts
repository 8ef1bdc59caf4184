// A node's disk: what it reads is in memory, what survives a crash is what the log had taken by then. Bytes are
// copied on their way in and out, and never changed in between: memory and log share them.

/** `kept`: everything written survives; `unsynced-lost`: only what was answered; `lost`: nothing. */
export type DiskFate = 'kept' | 'unsynced-lost' | 'lost'

export class SimStore {
  readonly #visible = new Map<string, Uint8Array>()
  readonly #durable = new Map<string, Uint8Array>()
  #newestSnapshot: Uint8Array | null = null
  #durableSnapshot: Uint8Array | null = null

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

  /** The node's snapshot has a file of its own; returns what was written, for `syncSnapshot`. */
  putSnapshot(bytes: Uint8Array): Uint8Array {
    this.#newestSnapshot = bytes.slice()
    return this.#newestSnapshot
  }

  /** The file has been replaced. */
  syncSnapshot(bytes: Uint8Array): void {
    this.#durableSnapshot = bytes
  }

  /** The newest snapshot, or null. */
  snapshot(): Uint8Array | null {
    return this.#newestSnapshot?.slice() ?? null
  }

  crash(fate: DiskFate): void {
    if (fate === 'lost') {
      this.#durable.clear()
      this.#durableSnapshot = null
    }
    if (fate === 'kept') {
      this.#durable.clear()
      for (const [key, bytes] of this.#visible) this.#durable.set(key, bytes)
      this.#durableSnapshot = this.#newestSnapshot
    }
    this.#newestSnapshot = this.#durableSnapshot
    this.#visible.clear()
    for (const [key, bytes] of this.#durable) this.#visible.set(key, bytes)
  }
}
