// What has arrived of one source chain within the limiter's window: values with their times, oldest first, and their
// sum. Amounts that flowed the other way stand in it as negative values.
import { UndoableCell, UndoableMap, type UndoLog } from '../../ledger/undo-log.ts'
import type { LimiterRules } from './limiter-rules.ts'

interface Arrival {
  /** Unix seconds. */
  readonly at: number
  readonly valueE8: bigint
}

export class SlidingWindow {
  readonly #arrivals: UndoableMap<number, Arrival>
  readonly #first: UndoableCell<number>
  readonly #next: UndoableCell<number>
  readonly #sumE8: UndoableCell<bigint>

  constructor(log: UndoLog) {
    this.#arrivals = new UndoableMap(log)
    this.#first = new UndoableCell(log, 0)
    this.#next = new UndoableCell(log, 0)
    this.#sumE8 = new UndoableCell(log, 0n)
  }

  /** What is used up at `now`: never below zero, so that cancelled flow lifts no limit. */
  usedE8(now: number, windowSeconds: number, { inWindow }: LimiterRules): bigint {
    let first = this.#first.get()
    let sumE8 = this.#sumE8.get()
    for (; first < this.#next.get(); first++) {
      const { at, valueE8 } = this.#arrivals.get(first) as Arrival
      if (inWindow(at, now, windowSeconds)) break
      sumE8 -= valueE8
    }
    if (first !== this.#first.get()) {
      this.#first.set(first)
      this.#sumE8.set(sumE8)
    }
    return sumE8 > 0n ? sumE8 : 0n
  }

  add(arrival: Arrival): void {
    const next = this.#next.get()
    this.#arrivals.set(next, Object.freeze(arrival))
    this.#next.set(next + 1)
    this.#sumE8.set(this.#sumE8.get() + arrival.valueE8)
  }
}
