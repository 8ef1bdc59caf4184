/**
 * Memory of the pending events: one typed buffer of 48-byte records, reused through a free list.
 *
 * A record holds, as float64, the time (ms), the sequence and the arguments a and b, and, as int32, the links of
 * its bucket, what runs it and how often the slot was freed. All of it lies side by side because at a million
 * pending events a touch is a cache miss, and one miss an event is what the speed of the queue rests on.
 * Payload objects live in an array of their own that exists only once a payload was used.
 */
import { SolventError } from '@solvent/primitives'

/** Bytes of one record, without its payload reference. */
export const RECORD_BYTES = 48
/** Float64 words of one record, and where they lie. */
export const FLOATS = 6
export const TIME = 0
export const SEQUENCE = 1
export const ARG_A = 2
export const ARG_B = 3
/** Int32 words of one record, and where they lie behind its four float64 words. */
export const INTS = 12
export const NEXT = 8
export const PREVIOUS = 9
export const TASK = 10
export const GENERATION = 11

/** The task word: priority in the low 10 bits, handler in the 20 above, then a bit that says "has a payload". */
export const PRIORITY_BITS = 10
export const PRIORITY_MASK = 1023
export const HANDLER_MASK = 2 ** 20 - 1
export const HAS_PAYLOAD = 1 << 30

/** Slots are numbered with 24 bits, so that an event id (29 bits of generation above them) is a safe integer. */
export const MAX_SLOTS = 2 ** 24
const GENERATION_MASK = 2 ** 29 - 1
/** Task word of a slot that nobody uses. */
const FREE = -1
const POINTER_BYTES = 8
const DOUBLING_LIMIT = 2 ** 16

/** A growable pool of event records; slot 0 is never given out and means "none". */
export class EventSlots {
  floats: Float64Array
  ints: Int32Array
  #payloads: unknown[] | undefined = undefined
  #capacity: number
  #free = 0
  #fresh = 1

  constructor(capacity: number) {
    const buffer = new ArrayBuffer(capacity * RECORD_BYTES)
    this.floats = new Float64Array(buffer)
    this.ints = new Int32Array(buffer)
    this.#capacity = capacity
  }

  /** Forgets every slot: what is given out next is as in a new pool. */
  clear(): void {
    this.floats.fill(0, 0, this.#fresh * FLOATS)
    this.#payloads = undefined
    this.#free = 0
    this.#fresh = 1
  }

  /** Gives out a slot; its record still holds what the last user left, apart from its generation. */
  acquire(): number {
    const slot = this.#free
    if (slot !== 0) {
      this.#free = this.ints[slot * INTS + NEXT]!
      return slot
    }
    if (this.#fresh === this.#capacity) this.#grow()
    return this.#fresh++
  }

  /** Takes a slot back: ids that name it become stale. */
  release(slot: number): void {
    const ints = this.ints
    const at = slot * INTS
    ints[at + GENERATION] = (ints[at + GENERATION]! + 1) & GENERATION_MASK
    ints[at + TASK] = FREE
    ints[at + NEXT] = this.#free
    this.#free = slot
  }

  /** Tells whether a slot is in use by the event of this generation. */
  isLive(slot: number, generation: number): boolean {
    if (slot === 0 || slot >= this.#fresh) return false
    const at = slot * INTS
    return this.ints[at + GENERATION] === generation && this.ints[at + TASK] !== FREE
  }

  /** Keeps an object beside a record. */
  setPayload(slot: number, payload: unknown): void {
    this.#payloads ??= new Array<unknown>(this.#capacity).fill(undefined)
    this.#payloads[slot] = payload
  }

  /** Hands out the object beside a record and lets go of it. */
  takePayload(slot: number): unknown {
    if (this.#payloads === undefined) return undefined
    const payload = this.#payloads[slot]
    this.#payloads[slot] = undefined
    return payload
  }

  /** Bytes held for records and payload references, used or not. */
  get byteLength(): number {
    return this.floats.byteLength + (this.#payloads === undefined ? 0 : this.#capacity * POINTER_BYTES)
  }

  /** Doubles while small, then grows by an eighth, so that a full pool never holds much more than it uses. */
  #grow(): void {
    if (this.#capacity >= MAX_SLOTS) {
      throw new SolventError({
        code: 'E_QUEUE_FULL',
        message: 'More events are pending than the queue can number.',
        details: { pending: this.#fresh - 1, limit: MAX_SLOTS - 1 },
      })
    }
    const wanted =
      this.#capacity < DOUBLING_LIMIT ? this.#capacity * 2 : this.#capacity + (this.#capacity >>> 3)
    const capacity = Math.min(wanted, MAX_SLOTS)
    const floats = new Float64Array(capacity * FLOATS)
    floats.set(this.floats)
    this.floats = floats
    this.ints = new Int32Array(floats.buffer)
    if (this.#payloads !== undefined) {
      const payloads = new Array<unknown>(capacity).fill(undefined)
      for (let slot = 1; slot < this.#capacity; slot++) payloads[slot] = this.#payloads[slot]
      this.#payloads = payloads
    }
    this.#capacity = capacity
  }
}
