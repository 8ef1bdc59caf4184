// The store port on disk: a map in memory behind an append-only log. Writes of one turn share one fdatasync,
// and a ticket is answered only after it. Directory 0700, file 0600.
import {
  chmodSync,
  closeSync,
  fdatasync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  write,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Storable, Store, StoreTicket } from '@solvent/ports'
import type { DiskError } from '@solvent/protocol'
import { encodeRecord, readLog, type StoreOperation } from './record.ts'

const LOG_NAME = 'store.log'
/** The log is rewritten at opening when it is this large and mostly replaced values. */
const COMPACT_ABOVE_BYTES = 1024 * 1024

interface Waiting {
  readonly ticket: StoreTicket
  readonly record: Buffer
}

export interface DurableStoreWiring {
  /** Told once for each ticket, after the write would survive a crash; from the event loop, in ticket order. */
  readonly onDurable: (ticket: StoreTicket) => void
  /** The disk refused a write: the node must not go on. */
  readonly onFailure: (error: unknown) => void
}

/** As the system says it. */
const REFUSALS: Readonly<Record<DiskError, string>> = {
  ENOSPC: 'no space left on device',
  EIO: 'i/o error',
  EROFS: 'read-only file system',
  EMFILE: 'too many open files',
}

/** One node's store; `open` recovers what an earlier run left. */
export class DurableStore implements Store {
  readonly #values: Map<string, Uint8Array>
  readonly #fd: number
  readonly #wiring: DurableStoreWiring
  #waiting: Waiting[] = []
  #lastTicket = 0
  #syncing = false
  #stalls = 0
  #refusal: DiskError | null = null
  #closed = false
  #idle: (() => void)[] = []
  /** Whether an earlier run had written here. */
  readonly existed: boolean

  private constructor(
    fd: number,
    values: Map<string, Uint8Array>,
    existed: boolean,
    wiring: DurableStoreWiring,
  ) {
    this.#fd = fd
    this.#values = values
    this.existed = existed
    this.#wiring = wiring
  }

  /**
   * Opens `directory/store.log`, creating both, and truncates a torn last record.
   *
   * @throws E_STORE_DAMAGED when a record before the last one is damaged
   */
  static open(directory: string, wiring: DurableStoreWiring): DurableStore {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    chmodSync(directory, 0o700)
    const file = join(directory, LOG_NAME)
    let fd = openSync(file, 'a+', 0o600)
    chmodSync(file, 0o600)
    const log = readFileSync(file)
    const { operations, wholeBytes } = readLog(log)
    if (wholeBytes < log.length) ftruncateSync(fd, wholeBytes)
    const values = new Map<string, Uint8Array>()
    for (const operation of operations) apply(values, operation)
    if (wholeBytes > COMPACT_ABOVE_BYTES && liveBytes(values) * 2 < wholeBytes) {
      closeSync(fd)
      fd = rewrite(file, values)
    }
    fsyncSync(fd)
    syncDirectory(directory)
    return new DurableStore(fd, values, wholeBytes > 0, wiring)
  }

  put(key: string, content: Storable): StoreTicket {
    const bytes = typeof content === 'function' ? content() : content.slice()
    return this.#append({ kind: 'put', key, bytes })
  }

  delete(key: string): StoreTicket {
    return this.#append({ kind: 'delete', key })
  }

  get(key: string): Uint8Array | undefined {
    return this.#values.get(key)?.slice()
  }

  has(key: string): boolean {
    return this.#values.has(key)
  }

  keys(prefix: string): string[] {
    const found: string[] = []
    for (const key of this.#values.keys()) if (key.startsWith(prefix)) found.push(key)
    return found.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  }

  /** Writes are taken and not said to be durable until the returned function is called. */
  stall(): () => void {
    this.#stalls++
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      this.#stalls--
      this.#flow()
    }
  }

  /** The next write fails, as on a full disk; the returned function ends it. */
  refuse(error: DiskError = 'ENOSPC'): () => void {
    this.#refusal = error
    return () => {
      this.#refusal = null
    }
  }

  /** Resolves when everything put so far is durable. */
  flushed(): Promise<void> {
    if (!this.#syncing && this.#waiting.length === 0) return Promise.resolve()
    return new Promise((resolve) => this.#idle.push(resolve))
  }

  /** Flushes and closes; later writes are forgotten. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#stalls = 0
    this.#flow()
    await this.flushed()
    this.#closed = true
    closeSync(this.#fd)
  }

  /** Closes at once, as a kill would: what is not yet written is lost and nothing is answered any more. */
  abandon(): void {
    this.#closed = true
    this.#waiting = []
    this.#wake()
    if (!this.#syncing) closeSync(this.#fd)
  }

  /** Writes what has waited for the end of a stall. */
  #flow(): void {
    if (this.#stalls > 0 || this.#waiting.length === 0 || this.#syncing) return
    this.#syncing = true
    this.#sync()
  }

  #append(operation: StoreOperation): StoreTicket {
    this.#lastTicket++
    const ticket = this.#lastTicket as StoreTicket
    if (this.#closed) return ticket
    apply(this.#values, operation)
    this.#waiting.push({ ticket, record: encodeRecord(operation) })
    if (!this.#syncing && this.#stalls === 0) {
      this.#syncing = true
      setImmediate(() => this.#sync())
    }
    return ticket
  }

  #sync(): void {
    if (this.#stalls > 0 && !this.#closed) {
      this.#syncing = false
      return
    }
    const batch = this.#waiting
    this.#waiting = []
    if (this.#refusal !== null)
      return this.#fail(new Error(`${this.#refusal}: ${REFUSALS[this.#refusal]} (by fault)`))
    writeAll(this.#fd, Buffer.concat(batch.map((one) => one.record)), 0, (writeError) => {
      if (writeError !== null) return this.#fail(writeError)
      fdatasync(this.#fd, (syncError) => {
        if (syncError !== null) return this.#fail(syncError)
        if (this.#closed) return closeSync(this.#fd)
        for (const one of batch) this.#wiring.onDurable(one.ticket)
        if (this.#waiting.length > 0) return this.#sync()
        this.#syncing = false
        this.#wake()
      })
    })
  }

  #fail(error: unknown): void {
    this.#syncing = false
    this.#wake()
    if (!this.#closed) this.#wiring.onFailure(error)
  }

  #wake(): void {
    const idle = this.#idle
    this.#idle = []
    for (const resolve of idle) resolve()
  }
}

function apply(values: Map<string, Uint8Array>, operation: StoreOperation): void {
  if (operation.kind === 'put') values.set(operation.key, operation.bytes)
  else values.delete(operation.key)
}

function liveBytes(values: Map<string, Uint8Array>): number {
  let total = 0
  for (const [key, bytes] of values) total += key.length + bytes.length + 16
  return total
}

/** Temporary file, sync, rename: the log is at every moment the old one or the new one. */
function rewrite(file: string, values: Map<string, Uint8Array>): number {
  const temporary = `${file}.new`
  const fd = openSync(temporary, 'w', 0o600)
  for (const [key, bytes] of values) writeSync(fd, encodeRecord({ kind: 'put', key, bytes }))
  fsyncSync(fd)
  closeSync(fd)
  renameSync(temporary, file)
  return openSync(file, 'a+', 0o600)
}

function syncDirectory(directory: string): void {
  const fd = openSync(directory, 'r')
  fsyncSync(fd)
  closeSync(fd)
}

function writeAll(fd: number, bytes: Buffer, from: number, done: (error: Error | null) => void): void {
  if (from === bytes.length) return done(null)
  write(fd, bytes, from, bytes.length - from, null, (error, written) => {
    if (error !== null) done(error)
    else writeAll(fd, bytes, from + written, done)
  })
}
