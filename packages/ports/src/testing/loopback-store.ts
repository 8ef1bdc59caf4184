// A store for tests: what was answered is durable, what was not is lost with `forgetUnsynced`.
import type { Storable, StoreTicket } from '../store.ts'

export interface LoopbackStore {
  put(key: string, content: Storable): StoreTicket
  delete(key: string): StoreTicket
  get(key: string): Uint8Array | undefined
  has(key: string): boolean
  keys(prefix: string): string[]
  /** The write under this ticket is durable from now on. */
  sync(ticket: StoreTicket): void
  forgetUnsynced(): void
  wipe(): void
}

export function createLoopbackStore(): LoopbackStore {
  let live = new Map<string, Uint8Array>()
  let durable = new Map<string, Uint8Array>()
  const pending = new Map<StoreTicket, { key: string; bytes: Uint8Array | null }>()
  let tickets = 0

  function apply(to: Map<string, Uint8Array>, key: string, bytes: Uint8Array | null): void {
    if (bytes === null) to.delete(key)
    else to.set(key, bytes)
  }

  function write(key: string, bytes: Uint8Array | null): StoreTicket {
    const ticket = ++tickets as StoreTicket
    apply(live, key, bytes)
    pending.set(ticket, { key, bytes })
    return ticket
  }

  return {
    put: (key, content) => write(key, typeof content === 'function' ? content() : content.slice()),
    delete: (key) => write(key, null),
    get: (key) => live.get(key)?.slice(),
    has: (key) => live.has(key),
    keys: (prefix) =>
      [...live.keys()].filter((key) => key.startsWith(prefix)).sort((x, y) => (x < y ? -1 : x > y ? 1 : 0)),
    sync(ticket) {
      const written = pending.get(ticket)
      if (written === undefined) return
      pending.delete(ticket)
      apply(durable, written.key, written.bytes)
    },
    forgetUnsynced() {
      pending.clear()
      live = new Map(durable)
    },
    wipe() {
      pending.clear()
      live = new Map()
      durable = new Map()
    },
  }
}
