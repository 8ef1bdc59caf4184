// Threads that run sessions, of any studies, in the order in which they are asked for.
import type { LearningStudy, SessionOutcome } from '@solvent/collusion'
import { Piscina } from 'piscina'
import type { SessionTask } from './run-sessions.ts'

export interface SessionPool {
  run(study: LearningStudy, seed: number, session: number): Promise<SessionOutcome>
  /** Ends the threads; sessions that have not ended are lost. */
  close(): Promise<void>
}

/** One more than there are threads is handed out, so that none waits for this one. The rest wait here: Piscina would mix up their order. */
const AHEAD = 1

export function openSessionPool(threads: number): SessionPool {
  const pool = new Piscina<SessionTask, SessionOutcome[]>({
    filename: new URL('./session-thread.ts', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
  })
  const waiting: (() => void)[] = []
  let places = threads + AHEAD
  return {
    async run(study, seed, session) {
      if (places === 0) await new Promise<void>((go) => waiting.push(go))
      else places--
      try {
        const [outcome] = await pool.run({ study, seed, sessions: [session] })
        if (outcome === undefined) throw new Error(`Session ${session} came to nothing.`)
        return outcome
      } finally {
        const next = waiting.shift()
        if (next === undefined) places++
        else next()
      }
    },
    close: () => pool.destroy(),
  }
}
