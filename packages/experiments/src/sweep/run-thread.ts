// The program of a worker: runs of one plan, one after the other. What a run throws is its outcome; what ends the
// thread, the pool sees.
import { workerData } from 'piscina'
import type { RunOutcome } from './run-record.ts'
import { createRunner, type RunnerPlan } from './runner.ts'
import type { PlannedRun } from './sweep-plan.ts'

export interface ThreadTask {
  readonly runs: readonly PlannedRun[]
  /** One word: the place in `runs` of the run that is at work; -1 before the first and after the last. */
  readonly progress: SharedArrayBuffer
}

export interface ThreadResult {
  readonly outcomes: readonly RunOutcome[]
  /** Time at work, without the wait for a free thread. */
  readonly elapsedMs: number
}

const runner = createRunner(workerData as RunnerPlan)

export default async function work({ runs, progress }: ThreadTask): Promise<ThreadResult> {
  const place = new Int32Array(progress)
  const { run } = await runner
  const begin = performance.now()
  const outcomes: RunOutcome[] = []
  for (const [index, each] of runs.entries()) {
    Atomics.store(place, 0, index)
    outcomes.push(run(each))
  }
  Atomics.store(place, 0, -1)
  return { outcomes, elapsedMs: performance.now() - begin }
}
