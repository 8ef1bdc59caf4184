// State that can be taken back. Maps and cells write the value they replace into one log, so that a reverted call
// costs what it wrote, and a whole block can be undone later from the piece of log it left behind. Bookkeeping of the
// kind that geth's StateDB journal keeps; undoing is exact except for a map's iteration order, which nothing reads.

/** Something whose writes the log can take back. */
interface Undoable {
  /** Puts a value back and returns the one that it replaces. */
  restore(key: unknown, previous: unknown): unknown
}

/** The writes of one block, oldest first. */
export interface UndoSegment {
  readonly owners: readonly Undoable[]
  readonly keys: readonly unknown[]
  readonly previous: readonly unknown[]
}

const ABSENT = Symbol('absent')

/** Writes for which room is kept from one block to the next. */
const KEPT_WRITES = 16_384

/** One log for all the state of a chain. Its arrays stay and are written over: growing them anew for each block costs more than the writes. */
export class UndoLog {
  #owners: Undoable[] = []
  #keys: unknown[] = []
  #previous: unknown[] = []
  #count = 0

  /** Where the log stands now, for `rollback`. */
  mark(): number {
    return this.#count
  }

  record(owner: Undoable, key: unknown, previous: unknown): void {
    const at = this.#count++
    this.#owners[at] = owner
    this.#keys[at] = key
    this.#previous[at] = previous
  }

  /** Takes back every write since the mark, newest first. */
  rollback(mark: number): void {
    for (let i = this.#count - 1; i >= mark; i--)
      (this.#owners[i] as Undoable).restore(this.#keys[i], this.#previous[i])
    this.#count = mark
  }

  /** Ends a block: hands out what it wrote and starts an empty log. */
  seal(): UndoSegment {
    const count = this.#count
    const segment = {
      owners: this.#owners.slice(0, count),
      keys: this.#keys.slice(0, count),
      previous: this.#previous.slice(0, count),
    }
    this.#startAnew()
    return segment
  }

  /** As `seal`, with the first write of each key alone: enough to take the block back, and not more than it has changed. */
  sealFirstWrites(): UndoSegment {
    const owners: Undoable[] = []
    const keys: unknown[] = []
    const previous: unknown[] = []
    const written = new Map<Undoable, Set<unknown>>()
    for (let i = 0; i < this.#count; i++) {
      const owner = this.#owners[i] as Undoable
      const known = written.get(owner) ?? new Set()
      if (known.has(this.#keys[i])) continue
      written.set(owner, known.add(this.#keys[i]))
      owners.push(owner)
      keys.push(this.#keys[i])
      previous.push(this.#previous[i])
    }
    this.#startAnew()
    // Copies have no room to grow into.
    return { owners: owners.slice(), keys: keys.slice(), previous: previous.slice() }
  }

  #startAnew(): void {
    if (this.#count > KEPT_WRITES) {
      this.#owners = []
      this.#keys = []
      this.#previous = []
    }
    this.#count = 0
  }
}

/**
 * Takes back a sealed block; only the newest block that has not been undone may be. What it returns takes that back in
 * turn: the block is done again without running it, on the same state.
 */
export function undoSegment({ owners, keys, previous }: UndoSegment): UndoSegment {
  const replaced: unknown[] = []
  for (let i = owners.length - 1; i >= 0; i--)
    replaced.push((owners[i] as Undoable).restore(keys[i], previous[i]))
  return { owners: [...owners].reverse(), keys: [...keys].reverse(), previous: replaced }
}

/** A map whose writes can be taken back. */
export class UndoableMap<K, V> implements Undoable {
  readonly #log: UndoLog
  readonly #entries = new Map<K, V>()

  constructor(log: UndoLog) {
    this.#log = log
  }

  get(key: K): V | undefined {
    return this.#entries.get(key)
  }

  set(key: K, value: V): void {
    this.replace(key, this.#entries.get(key), value)
  }

  /** Sets a key by whoever has just read what is there. */
  replace(key: K, previous: V | undefined, value: V): void {
    this.#log.record(this, key, previous === undefined ? ABSENT : previous)
    this.#entries.set(key, value)
  }

  delete(key: K): void {
    const previous = this.#entries.get(key)
    if (previous === undefined) return
    this.#log.record(this, key, previous)
    this.#entries.delete(key)
  }

  /** In no order that means anything: sort before use. */
  entries(): IterableIterator<[K, V]> {
    return this.#entries.entries()
  }

  restore(key: unknown, previous: unknown): unknown {
    const current = this.#entries.get(key as K)
    if (previous === ABSENT) this.#entries.delete(key as K)
    else this.#entries.set(key as K, previous as V)
    return current === undefined ? ABSENT : current
  }
}

/** A single value whose writes can be taken back. */
export class UndoableCell<T> implements Undoable {
  readonly #log: UndoLog
  #value: T

  constructor(log: UndoLog, value: T) {
    this.#log = log
    this.#value = value
  }

  get(): T {
    return this.#value
  }

  set(value: T): void {
    this.#log.record(this, null, this.#value)
    this.#value = value
  }

  restore(_key: unknown, previous: unknown): unknown {
    const current = this.#value
    this.#value = previous as T
    return current
  }
}
