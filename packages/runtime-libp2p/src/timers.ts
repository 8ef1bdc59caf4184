// The timers port: pending timers in a heap ordered by (moment, id), one `setTimeout` for the earliest.
import type { TimerId, Timers } from '@solvent/ports'
import type { AcceleratedClock } from './clock.ts'

/** `setTimeout` takes 31 bits; longer waits come in pieces. */
const LONGEST_WAIT_MS = 1_000_000_000

interface Pending {
  readonly id: TimerId
  readonly dueMs: number
}

/** Timers on the node's accelerated clock; `fire` is called from the event loop, never from within `set`. */
export class AcceleratedTimers implements Timers {
  readonly #clock: AcceleratedClock
  readonly #fire: (id: TimerId, dueMs: number) => void
  readonly #heap: Pending[] = []
  readonly #live = new Set<TimerId>()
  #lastId = 0
  #wake: NodeJS.Timeout | null = null
  #stopped = false

  constructor(clock: AcceleratedClock, fire: (id: TimerId, dueMs: number) => void) {
    this.#clock = clock
    this.#fire = fire
  }

  set(delayMs: number): TimerId {
    return this.setAt(this.#clock.nowMs() + delayMs)
  }

  setAt(atMs: number): TimerId {
    this.#lastId++
    const id = this.#lastId as TimerId
    if (this.#stopped) return id
    this.#live.add(id)
    // A moment that has passed is now, so that timers fire in strictly increasing order of (moment, id) (T-1).
    push(this.#heap, { id, dueMs: Math.max(atMs, this.#clock.nowMs()) })
    if (this.#heap[0]?.id === id) this.#arm()
    return id
  }

  cancel(timer: TimerId): void {
    this.#live.delete(timer)
  }

  /** True once: the runtime asks just before it runs the handler, because the node may have cancelled meanwhile. */
  claim(timer: TimerId): boolean {
    return this.#live.delete(timer)
  }

  /** The clock was put off: waits are measured anew. */
  rearm(): void {
    this.#arm()
  }

  stop(): void {
    this.#stopped = true
    this.#live.clear()
    this.#heap.length = 0
    if (this.#wake !== null) clearTimeout(this.#wake)
  }

  #arm(): void {
    if (this.#wake !== null) clearTimeout(this.#wake)
    this.#wake = null
    const first = this.#heap[0]
    if (first === undefined) return
    const waitMs = first.dueMs <= this.#clock.nowMs() ? 0 : Math.max(1, this.#clock.wallMsUntil(first.dueMs))
    this.#wake = setTimeout(() => this.#ring(), Math.min(waitMs, LONGEST_WAIT_MS))
  }

  #ring(): void {
    this.#wake = null
    const nowMs = this.#clock.nowMs()
    let first = this.#heap[0]
    while (first !== undefined && first.dueMs <= nowMs) {
      pop(this.#heap)
      if (this.#live.has(first.id)) this.#fire(first.id, first.dueMs)
      first = this.#heap[0]
    }
    this.#arm()
  }
}

function before(a: Pending, b: Pending): boolean {
  return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.id < b.id)
}

function push(heap: Pending[], item: Pending): void {
  let at = heap.length
  heap.push(item)
  while (at > 0) {
    const up = (at - 1) >> 1
    if (!before(item, heap[up] as Pending)) break
    heap[at] = heap[up] as Pending
    at = up
  }
  heap[at] = item
}

function pop(heap: Pending[]): void {
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && before(heap[child + 1] as Pending, heap[child] as Pending)) child++
    if (!before(heap[child] as Pending, last)) break
    heap[at] = heap[child] as Pending
    at = child
  }
  heap[at] = last
}
