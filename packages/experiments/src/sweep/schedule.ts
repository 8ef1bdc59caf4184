// Which run comes next. Without a stopping rule every run is free from the start; with one, a point's next replicates
// are set free when those before are recorded and the rule, looked at them, asks for more.

import type { RunRecord } from './run-record.ts'
import { isNarrow, looks, type PolicyValues } from './stopping.ts'
import { runCount, runIndex, type SweepPlan } from './sweep-plan.ts'
import { numberOf } from './sweep-summary.ts'

interface PointState {
  readonly point: number
  /** Into the looks of the rule: replicates below that look are free. */
  look: number
  /** Recorded runs of the replicates that are free. */
  recorded: number
  /** By policy and replicate, of the rule's metric. */
  readonly values: (number | null)[][]
}

export class Schedule {
  readonly #plan: SweepPlan
  readonly #looks: readonly number[]
  readonly #isMine: (index: number) => boolean
  readonly #points: ReadonlyMap<number, PointState>
  readonly #taken: Uint8Array
  #ready: number[] = []
  #nextReady = 0
  readonly #waiting: (() => void)[] = []
  /** Points that may still ask for more. */
  #open: number
  #cursor = 0
  #total: number
  #isStopped = false
  failed = 0

  /** @param isMine whether a run belongs to this part of the sweep; with a rule, all of a point's or none */
  constructor(plan: SweepPlan, isMine: (index: number) => boolean = () => true) {
    this.#plan = plan
    this.#looks = looks(plan.stopping, plan.replicates)
    this.#isMine = isMine
    this.#taken = new Uint8Array(runCount(plan))
    const points = plan.stopping === null ? [] : plan.points.map((_, point) => point)
    this.#points = new Map(
      points
        .filter((point) => isMine(runIndex(plan, point, 0, 0)))
        .map((point) => [point, { point, look: 0, recorded: 0, values: plan.policies.map(() => []) }]),
    )
    this.#open = this.#points.size
    this.#total = 0
    for (let index = 0; index < this.#taken.length; index++) this.#total += Number(isMine(index))
    for (const state of this.#points.values()) this.#release(state, 0)
  }

  /** Runs that there will be at most, as far as is known now. */
  get total(): number {
    return this.#total
  }

  /** Whether nothing is left to run. */
  get isDone(): boolean {
    if (this.#plan.stopping !== null) return this.#open === 0
    return this.#taken.every((taken, index) => taken === 1 || !this.#isMine(index))
  }

  /** A run that is recorded, now or in an earlier session. */
  note(index: number, isOk: boolean, read: () => RunRecord): void {
    if (!isOk) this.failed += 1
    this.#taken[index] = 1
    const { stopping } = this.#plan
    if (stopping === null) return
    const record = read()
    const state = this.#points.get(record.point)
    if (state === undefined) return
    const value = isOk ? record.metrics[stopping.metric] : undefined
    state.values[record.policy]![record.replicate] = value === undefined ? null : numberOf(value)
    if (record.replicate < this.#looks[state.look]!) state.recorded += 1
    this.#advance(state)
  }

  /**
   * Indexes of the next runs, waiting for a point to ask for more where it may; none when all is done.
   *
   * @param onWait hurries on what is not recorded yet
   */
  async take(size: () => number, onWait: () => void): Promise<number[]> {
    for (;;) {
      const batch = this.#next(size())
      if (batch.length > 0 || this.#open === 0 || this.#isStopped) return batch
      onWait()
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  /** Nothing more is asked for. */
  stop(): void {
    this.#isStopped = true
    this.#wake()
  }

  #next(size: number): number[] {
    const batch: number[] = []
    if (this.#isStopped) return batch
    if (this.#plan.stopping === null) {
      for (; this.#cursor < this.#taken.length && batch.length < size; this.#cursor++)
        if (this.#taken[this.#cursor] === 0 && this.#isMine(this.#cursor)) batch.push(this.#cursor)
    } else {
      while (this.#nextReady < this.#ready.length && batch.length < size) {
        const index = this.#ready[this.#nextReady++]!
        if (this.#taken[index] === 0) batch.push(index)
      }
      if (this.#nextReady === this.#ready.length) {
        this.#ready = []
        this.#nextReady = 0
      }
    }
    for (const index of batch) this.#taken[index] = 1
    return batch
  }

  /** Sets the replicates from `first` up to the point's look free. */
  #release(state: PointState, first: number): void {
    for (let replicate = first; replicate < this.#looks[state.look]!; replicate++)
      for (let policy = 0; policy < this.#plan.policies.length; policy++)
        this.#ready.push(runIndex(this.#plan, state.point, policy, replicate))
  }

  #advance(state: PointState): void {
    const { policies } = this.#plan
    while (state.look < this.#looks.length) {
      const count = this.#looks[state.look]!
      if (state.recorded < count * policies.length) return
      const isLast = state.look === this.#looks.length - 1
      if (isLast || isNarrow(this.#plan.stopping!, valuesUpTo(state.values, count))) {
        this.#total -= (this.#plan.replicates - count) * policies.length
        state.look = this.#looks.length
        this.#open -= 1
        this.#wake()
        return
      }
      state.look += 1
      // Of an earlier session, later replicates may be recorded already.
      const next = this.#looks[state.look]!
      state.recorded = state.values.reduce(
        (sum, values) => sum + values.slice(0, next).filter((value) => value !== undefined).length,
        0,
      )
      this.#release(state, count)
      this.#wake()
    }
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve()
  }
}

function valuesUpTo(values: readonly (readonly (number | null)[])[], count: number): PolicyValues[] {
  return values.map((column) => Array.from({ length: count }, (_, replicate) => column[replicate] ?? null))
}
