// Runs the sessions of a study on worker threads. A session depends on the seed and its number only, and outcomes are
// put in the order of their numbers: the result is the same for any number of workers.
import { availableParallelism } from 'node:os'
import { runSession } from './run-session.ts'
import type { OutcomeOf, Study } from './study.ts'

export interface StudyRun<Of extends Study> {
  readonly study: Of
  readonly seed: number
  readonly sessions: number
  /** Threads; with 1 the sessions run in this one. */
  readonly workers: number
  readonly onProgress?: (done: number) => void
}

/** Threads that this machine runs at once. */
export function machineWorkers(): number {
  return availableParallelism()
}

/** The outcomes of sessions 1 to `sessions`, in that order. */
export async function runStudy<Of extends Study>(run: StudyRun<Of>): Promise<OutcomeOf<Of>[]> {
  const numbers = Array.from({ length: run.sessions }, (_, index) => index + 1)
  const threads = Math.min(run.workers, run.sessions)
  if (threads <= 1) {
    const outcomes: OutcomeOf<Of>[] = []
    for (const session of numbers) {
      outcomes.push(await runSession({ ...run, session }))
      run.onProgress?.(outcomes.length)
    }
    return outcomes
  }
  const { openSessionPool } = await import('./session-pool.ts')
  const pool = openSessionPool(threads)
  try {
    let done = 0
    return await Promise.all(
      numbers.map(async (session) => {
        const outcome = await pool.run(run.study, run.seed, session)
        done++
        run.onProgress?.(done)
        return outcome
      }),
    )
  } finally {
    await pool.close()
  }
}
