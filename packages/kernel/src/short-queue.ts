/**
 * A few pending events in a sorted array, the first one last: with so few, moving them up costs less than a wheel's buckets.
 * The order is that of the wheel: time, priority, and among equals who came first.
 */
import { type EventSlots, INTS, PRIORITY_MASK, TASK } from './event-slots.ts'

/** Events that it holds at most. */
export const MOST_IN_SHORT_QUEUE = 8

export class ShortQueue {
  readonly #of: EventSlots
  readonly #slots = new Int32Array(MOST_IN_SHORT_QUEUE)
  readonly #times = new Float64Array(MOST_IN_SHORT_QUEUE)
  /** Those held. */
  count = 0

  constructor(of: EventSlots) {
    this.#of = of
  }

  /** When the first is due; only while there is one. */
  get firstMs(): number {
    return this.#times[this.count - 1]!
  }

  /** Takes the first out; only while there is one. */
  take(): number {
    this.count--
    return this.#slots[this.count]!
  }

  /** Adds a filled slot behind its equals; only while there is room. */
  insert(slot: number, timeMs: number): void {
    const { ints } = this.#of
    const slots = this.#slots
    const times = this.#times
    const priority = ints[slot * INTS + TASK]! & PRIORITY_MASK
    let place = this.count++
    for (; place > 0; place--) {
      const other = slots[place - 1]!
      const otherMs = times[place - 1]!
      if (otherMs > timeMs) break
      if (otherMs === timeMs && (ints[other * INTS + TASK]! & PRIORITY_MASK) > priority) break
      slots[place] = other
      times[place] = otherMs
    }
    slots[place] = slot
    times[place] = timeMs
  }

  /** Takes a slot out of the middle. */
  remove(slot: number): void {
    const place = this.#slots.indexOf(slot)
    this.#slots.copyWithin(place, place + 1, this.count)
    this.#times.copyWithin(place, place + 1, this.count)
    this.count--
  }

  /** Bytes held, used or not. */
  get byteLength(): number {
    return this.#slots.byteLength + this.#times.byteLength
  }
}
