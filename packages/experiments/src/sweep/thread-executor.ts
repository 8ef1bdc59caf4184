// Worker threads of this process (piscina), each with a heap of bounded size. A run that throws is the thread's own
// affair. When a thread dies or is ended, the run that was at work is to blame: it is recorded, and the other runs of its batch,
// which went down with it, are run again.
import { Piscina } from 'piscina'
import type { Executor } from './executor.ts'
import { batchOf, joined, type RecordBatch } from './record-batch.ts'
import { RunClock } from './run-clock.ts'
import { type RunOutcome, recordOf } from './run-record.ts'
import type { ThreadData, ThreadResult, ThreadTask } from './run-thread.ts'
import { failedOutcome } from './runner.ts'
import { plannedRun, type SweepPlan } from './sweep-plan.ts'

/** A batch should take so long: dispatch costs next to nothing then, and progress is still smooth. */
const BATCH_MS = 40
const MOST_BATCH = 256
const WATCH_MS = 50
/** Batches in hand for each worker, so that none waits for the parent. */
const BATCHES_A_WORKER = 2

export interface ThreadExecutorOptions {
  readonly plan: SweepPlan
  /** Whose results they are. */
  readonly engine: string
  readonly workers: number
}

export class ThreadExecutor implements Executor {
  readonly width: number
  readonly #pool: Piscina<ThreadTask, ThreadResult>
  readonly #data: ThreadData
  readonly #limitMs: number
  readonly #seconds: number
  readonly #memoryMb: number
  #runMs: number | null = null

  constructor({ plan, engine, workers }: ThreadExecutorOptions) {
    const { limits } = plan
    this.#data = { plan, engine }
    this.width = workers * BATCHES_A_WORKER
    this.#limitMs = limits.secondsPerRun * 1_000
    this.#seconds = limits.secondsPerRun
    this.#memoryMb = limits.memoryMb
    this.#pool = new Piscina({
      filename: new URL('./run-thread.ts', import.meta.url).href,
      minThreads: workers,
      maxThreads: workers,
      workerData: this.#data,
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb },
    })
  }

  batchSize(): number {
    if (this.#runMs === null) return 1
    return Math.max(1, Math.min(MOST_BATCH, Math.floor(BATCH_MS / this.#runMs)))
  }

  async run(indexes: readonly number[]): Promise<RecordBatch> {
    const batches: RecordBatch[] = []
    let rest = indexes
    while (rest.length > 0) {
      const attempt = await this.#attempt(rest)
      if (attempt.kind === 'done') return joined([...batches, attempt.batch])
      batches.push(this.#lostRecord(attempt.outcome))
      rest = rest.filter((index) => index !== attempt.outcome.index)
    }
    return joined(batches)
  }

  async close(): Promise<void> {
    await this.#pool.destroy()
  }

  async #attempt(
    indexes: readonly number[],
  ): Promise<{ kind: 'done'; batch: RecordBatch } | { kind: 'lost'; outcome: RunOutcome }> {
    const progress = new SharedArrayBuffer(8)
    const place = new Int32Array(progress)
    place[0] = -1
    const controller = new AbortController()
    const watch = this.#watch(place, controller)
    try {
      const task: ThreadTask = { indexes, progress }
      const { batch, elapsedMs } = await this.#pool.run(task, { signal: controller.signal })
      this.#learn(elapsedMs / indexes.length)
      return { kind: 'done', batch }
    } catch (error) {
      const at = Atomics.load(place, 0)
      // Before the first run began, nothing that was run is to blame.
      const guilty = indexes[at]
      if (guilty === undefined) throw error
      return { kind: 'lost', outcome: this.#lost(guilty, error, controller.signal.aborted) }
    } finally {
      clearInterval(watch)
    }
  }

  /** Ends the thread when one run has been at work for too long. */
  #watch(place: Int32Array, controller: AbortController): NodeJS.Timeout {
    const clock = new RunClock(this.#limitMs)
    return setInterval(() => {
      const run = Atomics.load(place, 0)
      if (clock.isOverClock(run, performance.now())) return controller.abort()
      const thread = this.#pool.threads.find(({ threadId }) => threadId === Atomics.load(place, 1))
      thread?.cpuUsage().then(
        ({ user, system }) => {
          if (run === Atomics.load(place, 0) && clock.isOverLimit(run, (user + system) / 1_000))
            controller.abort()
        },
        // It ends as it is asked; what became of the run, the pool says.
        () => {},
      )
    }, WATCH_MS)
  }

  #lost(index: number, error: unknown, isHung: boolean): RunOutcome {
    if (isHung)
      return failedOutcome(
        index,
        'hung',
        'E_TIME_LIMIT',
        `The run took more than ${this.#seconds} s of processor time.`,
      )
    if ((error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY')
      return failedOutcome(
        index,
        'out-of-memory',
        'E_MEMORY',
        `The run needed more than ${this.#memoryMb} MB.`,
      )
    return failedOutcome(index, 'crashed', 'E_WORKER', 'The run ended its worker.')
  }

  #lostRecord(outcome: RunOutcome): RecordBatch {
    const { plan, engine } = this.#data
    return batchOf([recordOf(plan, engine, plannedRun(plan, outcome.index), outcome)])
  }

  #learn(runMs: number): void {
    this.#runMs = this.#runMs === null ? runMs : 0.8 * this.#runMs + 0.2 * runMs
  }
}
