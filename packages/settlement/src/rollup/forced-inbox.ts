// The transactions that were forced upon a rollup, as its contract keeps them: which block took each, from when on it is due, how many
// the batches have read, and what that leaves of the delay buffer, where there is one. Numbers of L1 blocks.
//
// In nitro a forced transaction is in the chain once somebody calls forceInclusion, which the contract allows in the first block after
// the one that took it plus min(delay, buffer), the buffer as it is then. Here it is in the chain in that block by itself, as if
// whoever forced it called at once; since what batches read moves the buffer, it moves what is due too.
import type { Hash32 } from '@solvent/primitives'
import { UndoableCell, UndoableMap, type UndoLog } from '../ledger/undo-log.ts'
import {
  afterReading,
  bufferAt,
  type DelayBuffer,
  type DelayBufferRules,
  fullBuffer,
} from './delay-buffer.ts'

/** How long what is forced may wait at most, and the buffer that makes it less. */
export interface WaitingRules {
  readonly delay: number
  readonly buffer: DelayBufferRules
}

/** One that waits is due in another block than was said. */
export interface MovedDue {
  readonly hash: Hash32
  readonly before: number
  readonly due: number
}

/** A batch in a block of the L1, and the newest such block that had begun when the batch ended. */
interface ReadingBatch {
  readonly block: number
  readonly endsIn: number
}

interface Forced {
  readonly hash: Hash32
  readonly block: number
  readonly due: number
}

export class ForcedInbox {
  /** By place, from 0. */
  readonly #forced: UndoableMap<number, Forced>
  readonly #hashes: UndoableMap<Hash32, true>
  readonly #count: UndoableCell<number>
  readonly #read: UndoableCell<number>
  readonly #buffer: UndoableCell<DelayBuffer | null>

  constructor(log: UndoLog) {
    this.#forced = new UndoableMap(log)
    this.#hashes = new UndoableMap(log)
    this.#count = new UndoableCell(log, 0)
    this.#read = new UndoableCell(log, 0)
    this.#buffer = new UndoableCell<DelayBuffer | null>(log, null)
  }

  has(hash: Hash32): boolean {
    return this.#hashes.get(hash) !== undefined
  }

  /** The first block in which what `block` takes may be forced. */
  dueAfter(block: number, { delay, buffer }: WaitingRules): number {
    return block + Math.min(delay, bufferAt(this.#buffer.get() ?? fullBuffer(buffer), block, buffer)) + 1
  }

  add(forced: Forced): void {
    const count = this.#count.get()
    this.#forced.set(count, forced)
    this.#hashes.set(forced.hash, true)
    this.#count.set(count + 1)
  }

  /**
   * A batch says how many have been read by its end. What was due by then came in by force, one after the other; the oldest of the
   * rest came with the batch. The answer is what that makes due in another block; null when so many cannot have been read.
   */
  readTo(count: number, { block, endsIn }: ReadingBatch, rules: WaitingRules): MovedDue[] | null {
    const read = this.#read.get()
    if (count < read || count > this.#count.get()) return null
    const next = this.#forced.get(count)
    if (next !== undefined && next.due <= endsIn) return null
    if (count === read) return []
    let buffer = this.#buffer.get() ?? fullBuffer(rules.buffer)
    for (let place = read; place < count; place++) {
      const { block: forcedIn, due } = this.#at(place)
      const isForced = due <= endsIn
      buffer = afterReading(buffer, forcedIn, isForced ? due : block, rules.buffer)
      if (!isForced) break
    }
    this.#buffer.set(buffer)
    this.#read.set(count)
    return this.#move(block, rules)
  }

  /** Who forces must have seen the block that makes it possible: nothing is due in that block or before it. */
  #move(block: number, rules: WaitingRules): MovedDue[] {
    const moved: MovedDue[] = []
    for (let place = this.#read.get(); place < this.#count.get(); place++) {
      const forced = this.#at(place)
      const due = Math.max(this.dueAfter(forced.block, rules), block + 1)
      if (due === forced.due || forced.due <= block) continue
      this.#forced.set(place, { ...forced, due })
      moved.push({ hash: forced.hash, before: forced.due, due })
    }
    return moved
  }

  #at(place: number): Forced {
    return this.#forced.get(place) as Forced
  }
}
