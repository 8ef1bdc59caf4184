/**
 * A hierarchical timing wheel over integer milliseconds: the queue of many pending events.
 *
 * Source: G. Varghese, A. Lauck, "Hashed and Hierarchical Timing Wheels", SOSP 1987, scheme 7; the levels are fixed
 * powers of 1024 of absolute time, as in the radix heap of Ahuja, Mehlhorn, Orlin, Tarjan (J. ACM 37, 1990), which
 * makes it exact for every time up to 2^53 ms instead of for a horizon.
 *
 * Level 1 has a bucket for each millisecond of the 1024 ms that contain the cursor, level 2 one for each 1024 ms of
 * the 2^20 ms around it, and so on to level 6. Level 0 is the cursor's own millisecond with a bucket for each
 * priority. When the lower levels are empty the cursor enters the next bucket above and spreads its events below:
 * each event moves at most six times, whatever the distribution of times.
 *
 * Why lists keep the order: a bucket is spread only into levels that are empty, and before anything is scheduled into
 * its span directly, so every list is always in order of sequence. The total order (time, priority, sequence) needs
 * no comparison of events.
 */
import { type EventSlots, FLOATS, INTS, NEXT, PREVIOUS, PRIORITY_MASK, TASK, TIME } from './event-slots.ts'

const RADIX = 1024
const DIGIT = RADIX - 1
const LEVELS = 7
const WORDS = RADIX / 32

/** Events in the order (time, priority, sequence), by their slots. */
export class TimingWheel {
  readonly #slots: EventSlots
  readonly #heads = new Int32Array(LEVELS * RADIX)
  readonly #tails = new Int32Array(LEVELS * RADIX)
  /** A bit for each bucket, and for each level a word with a bit for each of those words. */
  readonly #bits = new Int32Array(LEVELS * WORDS)
  readonly #summaries = new Int32Array(LEVELS)
  /** Where the cursor's span on each level ends (ms, exclusive): level l holds times below #ends[l]. */
  readonly #ends = new Float64Array(LEVELS)
  #end1 = 0
  #end2 = 0
  #cursorMs = 0

  constructor(slots: EventSlots) {
    this.#slots = slots
  }

  /** Puts the cursor of the empty wheel somewhere. */
  begin(cursorMs: number): void {
    this.#moveTo(cursorMs, LEVELS)
  }

  /** Forgets every event. */
  clear(): void {
    // A head is only looked at where there is a tail.
    this.#tails.fill(0)
    this.#bits.fill(0)
    this.#summaries.fill(0)
  }

  /** No event that is still to come is due before. */
  get cursorMs(): number {
    return this.#cursorMs
  }

  /** Bytes held for buckets. */
  get byteLength(): number {
    const buckets = this.#heads.byteLength + this.#tails.byteLength + this.#bits.byteLength
    return buckets + this.#summaries.byteLength + this.#ends.byteLength
  }

  /** Adds a filled slot; a time before the cursor goes last among the events of its priority that are due now. */
  insert(slot: number, timeMs: number): void {
    this.#append(slot, this.#bucketOf(timeMs, this.#slots.ints[slot * INTS + TASK]! & PRIORITY_MASK))
  }

  /** Takes out the first event if its time is at most `limitMs`, and returns its slot, or 0. */
  pop(limitMs: number): number {
    while (this.#summaries[0] === 0) {
      const slot = this.#descend(limitMs)
      if (slot >= 0) return slot
    }
    const bucket = this.#firstIn(0)
    const slot = this.#heads[bucket]!
    const next = this.#slots.ints[slot * INTS + NEXT]!
    this.#heads[bucket] = next
    if (next === 0) this.#clear(bucket)
    return slot
  }

  /** Takes a pending event out of the middle of its bucket. */
  remove(slot: number): void {
    const ints = this.#slots.ints
    const at = slot * INTS
    const bucket = this.#bucketOf(this.#slots.floats[slot * FLOATS + TIME]!, ints[at + TASK]! & PRIORITY_MASK)
    const next = ints[at + NEXT]!
    const isHead = this.#heads[bucket] === slot
    const previous = isHead ? 0 : ints[at + PREVIOUS]!
    if (isHead) this.#heads[bucket] = next
    else ints[previous * INTS + NEXT] = next
    if (next === 0) this.#tails[bucket] = previous
    else ints[next * INTS + PREVIOUS] = previous
    if (isHead && next === 0) this.#clear(bucket)
  }

  /** Moves the cursor into the next bucket that holds events; returns 0 if none is due, the slot if it was alone, or -1. */
  #descend(limitMs: number): number {
    let level = 1
    let span = 1
    while (this.#summaries[level] === 0) {
      if (++level === LEVELS) return 0
      span *= RADIX
    }
    const bucket = this.#firstIn(level)
    const slot = this.#heads[bucket]!
    const isAlone = slot === this.#tails[bucket]
    const toMs = isAlone
      ? this.#slots.floats[slot * FLOATS + TIME]!
      : this.#ends[level]! - (RADIX - (bucket & DIGIT)) * span
    if (toMs > limitMs) return 0
    this.#moveTo(toMs, level)
    this.#heads[bucket] = 0
    this.#clear(bucket)
    if (!isAlone) {
      this.#spread(slot)
      return -1
    }
    return slot
  }

  #moveTo(timeMs: number, belowLevel: number): void {
    this.#cursorMs = timeMs
    if (belowLevel === 1) return
    let span = RADIX
    for (let level = 1; level < belowLevel; level++) {
      this.#ends[level] = (Math.floor(timeMs / span) + 1) * span
      span *= RADIX
    }
    this.#end1 = this.#ends[1]!
    this.#end2 = this.#ends[2]!
  }

  #spread(first: number): void {
    const { ints, floats } = this.#slots
    let slot = first
    while (slot !== 0) {
      const next = ints[slot * INTS + NEXT]!
      this.#append(
        slot,
        this.#bucketOf(floats[slot * FLOATS + TIME]!, ints[slot * INTS + TASK]! & PRIORITY_MASK),
      )
      slot = next
    }
  }

  #bucketOf(timeMs: number, priority: number): number {
    if (timeMs <= this.#cursorMs) return priority
    if (timeMs < this.#end1) return RADIX + (timeMs & DIGIT)
    if (timeMs < this.#end2) return 2 * RADIX + ((timeMs / RADIX) & DIGIT)
    let level = 3
    let span = RADIX * RADIX
    while (timeMs >= this.#ends[level]!) {
      level++
      span *= RADIX
    }
    return level * RADIX + ((timeMs / span) & DIGIT)
  }

  #append(slot: number, bucket: number): void {
    const ints = this.#slots.ints
    const tail = this.#tails[bucket]!
    this.#tails[bucket] = slot
    ints[slot * INTS + NEXT] = 0
    if (tail !== 0) {
      ints[slot * INTS + PREVIOUS] = tail
      ints[tail * INTS + NEXT] = slot
      return
    }
    this.#heads[bucket] = slot
    const word = bucket >>> 5
    this.#bits[word] = this.#bits[word]! | (1 << (bucket & 31))
    const level = bucket >>> 10
    this.#summaries[level] = this.#summaries[level]! | (1 << (word & 31))
  }

  #clear(bucket: number): void {
    this.#tails[bucket] = 0
    const word = bucket >>> 5
    const rest = this.#bits[word]! & ~(1 << (bucket & 31))
    this.#bits[word] = rest
    if (rest === 0) {
      const level = bucket >>> 10
      this.#summaries[level] = this.#summaries[level]! & ~(1 << (word & 31))
    }
  }

  #firstIn(level: number): number {
    const summary = this.#summaries[level]!
    const word = level * WORDS + 31 - Math.clz32(summary & -summary)
    const bits = this.#bits[word]!
    return word * 32 + 31 - Math.clz32(bits & -bits)
  }
}
