// The transactions that were forced upon a rollup, as its contract counts them: when each came, how many the batches have read, and what
// that leaves of the delay buffer, where there is one.
import type { DelayBufferSpec } from '@solvent/protocol'
import { UndoableCell, UndoableMap, type UndoLog } from '../ledger/undo-log.ts'
import { afterReading, bufferAt, type DelayBuffer, fullBuffer } from './delay-buffer.ts'

export class ForcedInbox {
  /** By number, from 0: when it came, Unix seconds. */
  readonly #times: UndoableMap<number, number>
  readonly #count: UndoableCell<number>
  readonly #read: UndoableCell<number>
  readonly #buffer: UndoableCell<DelayBuffer | null>

  constructor(log: UndoLog) {
    this.#times = new UndoableMap(log)
    this.#count = new UndoableCell(log, 0)
    this.#read = new UndoableCell(log, 0)
    this.#buffer = new UndoableCell<DelayBuffer | null>(log, null)
  }

  /** How long one that comes now may wait, of a rollup that lets it wait so long at most. */
  delaySeconds(now: number, most: number, spec: DelayBufferSpec | undefined): number {
    if (spec === undefined) return most
    return Math.min(most, bufferAt(this.#buffer.get() ?? fullBuffer(spec), now, spec))
  }

  add(now: number): void {
    const count = this.#count.get()
    this.#times.set(count, now)
    this.#count.set(count + 1)
  }

  /** A batch says how many have been read by it; false when it cannot be so. */
  readTo(count: number, now: number, spec: DelayBufferSpec): boolean {
    const read = this.#read.get()
    if (count < read || count > this.#count.get()) return false
    if (count === read) return true
    const oldest = this.#times.get(read) ?? now
    this.#buffer.set(afterReading(this.#buffer.get() ?? fullBuffer(spec), oldest, now, spec))
    this.#read.set(count)
    return true
  }
}
