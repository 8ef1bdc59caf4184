// A plan, run: batches of runs to an executor, their records to the store.
import type { Executor } from './executor.ts'
import type { Schedule } from './schedule.ts'
import { runCount, type SweepPlan } from './sweep-plan.ts'
import type { SweepStore } from './sweep-store.ts'

export interface SweepProgress {
  /** Committed runs, of earlier sessions too. */
  readonly done: number
  /** At most so many are to come in all. */
  readonly total: number
  readonly failed: number
  readonly runsPerSecond: number
  /** Null until there is a rate. */
  readonly secondsLeft: number | null
}

/** Batches of each that asks for them that may wait for the disk. */
const MOST_UNCOMMITTED = 4

export interface RunSweepOptions {
  readonly plan: SweepPlan
  readonly store: SweepStore
  readonly schedule: Schedule
  readonly executor: Executor
  readonly onProgress?: ((progress: SweepProgress) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Runs what a plan still wants. What is committed stays, however this ends.
 *
 * @throws SolventError of the store; what the signal was aborted with
 */
export async function runSweep(options: RunSweepOptions): Promise<void> {
  const { store, executor, signal } = options
  const loops = Array.from({ length: executor.width }, () => workOff(options, progressOf(options)))
  const aborted = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  aborted.catch(() => undefined)
  signal?.throwIfAborted()
  try {
    await Promise.race([Promise.all(loops), aborted])
  } catch (error) {
    await executor.close()
    await Promise.allSettled(loops)
    throw error
  } finally {
    await store.seal().catch(() => undefined)
  }
}

/** Takes batches until there are none. Runs go on while records are on their way to the disk, up to a bound. */
async function workOff(options: RunSweepOptions, told: () => void): Promise<void> {
  const { store, schedule, executor, signal } = options
  const commits = new Set<Promise<void>>()
  try {
    while (signal?.aborted !== true) {
      const indexes = await schedule.take(
        () => executor.batchSize(),
        () => store.flush(),
      )
      if (indexes.length === 0) break
      const batch = await executor.run(indexes)
      const commit: Promise<void> = store.append(batch).then(() => {
        commits.delete(commit)
        told()
      })
      // It is awaited below; until then a refusal is nobody's surprise.
      commit.catch(() => schedule.stop())
      commits.add(commit)
      while (commits.size > MOST_UNCOMMITTED) await Promise.race(commits)
    }
    store.flush()
    await Promise.all(commits)
  } catch (error) {
    schedule.stop()
    throw error
  }
}

function progressOf({ plan, store, schedule, onProgress }: RunSweepOptions): () => void {
  if (onProgress === undefined) return () => undefined
  const begin = performance.now()
  const before = store.recorded
  return () => {
    const done = store.recorded
    const seconds = (performance.now() - begin) / 1_000
    const runsPerSecond = seconds > 0 ? (done - before) / seconds : 0
    const total = schedule.total ?? runCount(plan)
    onProgress({
      done,
      total,
      failed: schedule.failed,
      runsPerSecond,
      secondsLeft: runsPerSecond > 0 ? (total - done) / runsPerSecond : null,
    })
  }
}
