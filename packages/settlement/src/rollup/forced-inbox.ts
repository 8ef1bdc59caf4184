// The transactions that were forced upon a rollup, as its contract keeps them: which block took each, how many have been read, and what
// that leaves of the delay buffer, where there is one. Numbers of L1 blocks, among which missed slots do not count.
//
// Nitro's delayed inbox: a sequencer reads with its batches, in their order; what has waited for longer than min(delay, buffer), the
// buffer as it is then, anybody may have read. Source: OffchainLabs/nitro-contracts, SequencerInbox.sol: forceInclusion
// (ForceIncludeBlockTooSoon while block + delay >= block.number; DelayedBackwards), addSequencerL2Batch…DelayProof.
import type { Hash32 } from '@solvent/primitives'
import type { RevertReason } from '@solvent/protocol'
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

export class ForcedInbox {
  /** By place, from 0: which block took it. */
  readonly #takenIn: UndoableMap<number, number>
  /** The place of each, the newest where it was handed in again. */
  readonly #places: UndoableMap<Hash32, number>
  readonly #count: UndoableCell<number>
  readonly #read: UndoableCell<number>
  readonly #buffer: UndoableCell<DelayBuffer | null>

  constructor(log: UndoLog) {
    this.#takenIn = new UndoableMap(log)
    this.#places = new UndoableMap(log)
    this.#count = new UndoableCell(log, 0)
    this.#read = new UndoableCell(log, 0)
    this.#buffer = new UndoableCell<DelayBuffer | null>(log, null)
  }

  /** Whether it has been handed in and not been read since. */
  has(hash: Hash32): boolean {
    return (this.#places.get(hash) ?? -1) >= this.#read.get()
  }

  /** How many have been read. */
  get read(): number {
    return this.#read.get()
  }

  add(hash: Hash32, block: number): void {
    const count = this.#count.get()
    this.#takenIn.set(count, block)
    this.#places.set(hash, count)
    this.#count.set(count + 1)
  }

  /**
   * A batch says how many have been read by its end; the oldest of those that are new counts for the buffer. False when so many cannot
   * have been.
   */
  readInBatch(count: number, block: number, rules: WaitingRules): boolean {
    const read = this.#read.get()
    if (count < read || count > this.#count.get()) return false
    if (count > read) this.#readTo(count, read, block, rules)
    return true
  }

  /** Somebody has all up to one read that has waited for too long; that one counts for the buffer. Null when it is done. */
  force(count: number, block: number, rules: WaitingRules): RevertReason | null {
    if (count <= this.#read.get() || count > this.#count.get()) return 'nothing-due'
    if (this.#forcibleFrom(count - 1, rules) > block) return 'too-early'
    this.#readTo(count, count - 1, block, rules)
    return null
  }

  /** How many may be read by force in a block; null when no more than have been. */
  forcible(block: number, rules: WaitingRules): number | null {
    for (let count = this.#count.get(); count > this.#read.get(); count--)
      if (this.#forcibleFrom(count - 1, rules) <= block) return count
    return null
  }

  /** The first block in which the next may be read by force; null when all have been read. */
  nextForcible(rules: WaitingRules): number | null {
    const read = this.#read.get()
    return read < this.#count.get() ? this.#forcibleFrom(read, rules) : null
  }

  /** The first block in which one may be read by force. */
  #forcibleFrom(place: number, { delay, buffer }: WaitingRules): number {
    const takenIn = this.#takenIn.get(place) as number
    return takenIn + Math.min(delay, bufferAt(this.#buffer.get() ?? fullBuffer(buffer), takenIn, buffer)) + 1
  }

  #readTo(count: number, place: number, block: number, { buffer }: WaitingRules): void {
    const before = this.#buffer.get() ?? fullBuffer(buffer)
    this.#buffer.set(afterReading(before, this.#takenIn.get(place) as number, block, buffer))
    this.#read.set(count)
  }
}
