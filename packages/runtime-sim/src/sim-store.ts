// A node's disk: what it reads is in memory, what survives a crash is what the log had taken by then. Bytes are
// copied on their way in and out, and never changed in between: memory and log share them. Most of what is written is never
// read again, and is not even encoded.
import type { Storable } from '@solvent/ports'

/** `kept`: everything written survives; `unsynced-lost`: only what was answered; `lost`: nothing. */
export type DiskFate = 'kept' | 'unsynced-lost' | 'lost'

/** One key: what the node reads under it, and what the log has; null where there is nothing. */
interface Cell {
  readonly key: string
  visible: Content | null
  durable: Content | null
}

/** A write that the log has not taken yet. */
export interface StoreWrite {
  readonly cell: Cell
  readonly content: Content | null
}

/** `when-read`: what comes as a function is asked for its bytes by the first reader. */
export type Encoding = 'when-written' | 'when-read'

class Content {
  #source: Storable

  constructor(source: Storable, encoding: Encoding) {
    this.#source = typeof source === 'function' ? source : source.slice()
    if (encoding === 'when-written') this.bytes()
  }

  bytes(): Uint8Array {
    if (typeof this.#source === 'function') this.#source = this.#source()
    return this.#source
  }
}

export class SimStore {
  readonly #encoding: Encoding
  readonly #cells = new Map<string, Cell>()
  #newestSnapshot: Uint8Array | null = null
  #durableSnapshot: Uint8Array | null = null

  constructor(encoding: Encoding = 'when-read') {
    this.#encoding = encoding
  }

  put(key: string, content: Storable): StoreWrite {
    return this.#write(key, new Content(content, this.#encoding))
  }

  delete(key: string): StoreWrite {
    return this.#write(key, null)
  }

  /** The log has taken a write. */
  sync({ cell, content }: StoreWrite): void {
    cell.durable = content
    if (content === null && cell.visible === null) this.#cells.delete(cell.key)
  }

  get(key: string): Uint8Array | undefined {
    return this.#cells.get(key)?.visible?.bytes().slice()
  }

  has(key: string): boolean {
    return (this.#cells.get(key)?.visible ?? null) !== null
  }

  keys(prefix: string): string[] {
    const found: string[] = []
    for (const { key, visible } of this.#cells.values())
      if (visible !== null && key.startsWith(prefix)) found.push(key)
    return found.sort((a, b) => (a < b ? -1 : 1))
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
    if (fate === 'lost') this.#durableSnapshot = null
    if (fate === 'kept') this.#durableSnapshot = this.#newestSnapshot
    this.#newestSnapshot = this.#durableSnapshot
    for (const cell of [...this.#cells.values()]) {
      if (fate === 'lost') cell.durable = null
      if (fate === 'kept') cell.durable = cell.visible
      cell.visible = cell.durable
      if (cell.visible === null) this.#cells.delete(cell.key)
    }
  }

  #write(key: string, content: Content | null): StoreWrite {
    let cell = this.#cells.get(key)
    if (cell === undefined) {
      cell = { key, visible: null, durable: null }
      this.#cells.set(key, cell)
    }
    cell.visible = content
    return { cell, content }
  }
}
