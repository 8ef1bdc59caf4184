/**
 * The queue of pending events: in a sorted array while they are few, in a timing wheel from the moment on when there is one too
 * many until the wheel is empty. Both keep one order.
 */
import { EventSlots, FLOATS, TIME } from './event-slots.ts'
import { MOST_IN_SHORT_QUEUE, ShortQueue } from './short-queue.ts'
import { TimingWheel } from './timing-wheel.ts'

/** Pending events in the order (time, priority, sequence); what the events are is the business of their slots. */
export class EventQueue {
  readonly slots: EventSlots
  readonly #short: ShortQueue
  readonly #wheel: TimingWheel
  #pending = 0
  /** Where all events are. */
  #isInWheel = false
  /** No event that is still to come is due before; while the wheel has them, it knows. */
  #cursorMs: number

  constructor(startMs: number, capacity = 1024) {
    this.slots = new EventSlots(capacity)
    this.#short = new ShortQueue(this.slots)
    this.#wheel = new TimingWheel(this.slots)
    this.#cursorMs = startMs
  }

  /** Forgets every event, and begins anew at a time. */
  clear(startMs: number): void {
    this.slots.clear()
    this.#short.count = 0
    if (this.#isInWheel) this.#wheel.clear()
    this.#isInWheel = false
    this.#pending = 0
    this.#cursorMs = startMs
  }

  get pending(): number {
    return this.#pending
  }

  /** Bytes held for events and their order. */
  get byteLength(): number {
    return this.slots.byteLength + this.#short.byteLength + this.#wheel.byteLength
  }

  /** Adds a filled slot; a time that is past goes last among the events of its priority that are due now. */
  insert(slot: number): void {
    const timeMs = this.slots.floats[slot * FLOATS + TIME]!
    this.#pending++
    if (!this.#isInWheel) {
      const short = this.#short
      if (short.count < MOST_IN_SHORT_QUEUE)
        return short.insert(slot, timeMs < this.#cursorMs ? this.#cursorMs : timeMs)
      this.#enterWheel()
    }
    this.#wheel.insert(slot, timeMs)
  }

  /** Takes out the first event if its time is at most `limitMs`, and returns its slot, or 0. */
  pop(limitMs: number): number {
    if (!this.#isInWheel) return this.#popShort(limitMs)
    const slot = this.#wheel.pop(limitMs)
    if (slot !== 0) this.#countOut()
    return slot
  }

  /** Takes a pending event out of the middle. */
  remove(slot: number): void {
    if (this.#isInWheel) {
      this.#wheel.remove(slot)
      this.#countOut()
    } else {
      this.#short.remove(slot)
      this.#pending--
    }
  }

  #popShort(limitMs: number): number {
    const short = this.#short
    if (short.count === 0) return 0
    const { firstMs } = short
    if (firstMs > this.#cursorMs) {
      if (firstMs > limitMs) return 0
      this.#cursorMs = firstMs
    }
    this.#pending--
    return short.take()
  }

  /** In their order, so that equals stay in order of sequence. */
  #enterWheel(): void {
    const short = this.#short
    const wheel = this.#wheel
    this.#isInWheel = true
    wheel.begin(this.#cursorMs)
    while (short.count > 0) {
      const { firstMs } = short
      wheel.insert(short.take(), firstMs)
    }
  }

  /** One event less in the wheel. */
  #countOut(): void {
    this.#pending--
    if (this.#pending > 0) return
    this.#isInWheel = false
    this.#cursorMs = this.#wheel.cursorMs
  }
}
