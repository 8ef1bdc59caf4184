// Threads that run sessions, of any studies, in the order in which they are asked for.
import { Piscina } from 'piscina'
import type { SessionTask } from './run-session.ts'
import type { OutcomeOf, Study, StudyOutcome } from './study.ts'

export interface SessionPool {
  run<Of extends Study>(study: Of, seed: number, session: number): Promise<OutcomeOf<Of>>
  /** Ends the threads; sessions that have not ended are lost. */
  close(): Promise<void>
}

/** One more than there are threads is handed out, so that none waits for this one. The rest wait here: Piscina would mix up their order. */
const AHEAD = 1

export function openSessionPool(threads: number): SessionPool {
  const pool = new Piscina<SessionTask, StudyOutcome>({
    filename: new URL('./session-thread.ts', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
  })
  const waiting: (() => void)[] = []
  let places = threads + AHEAD
  return {
    async run<Of extends Study>(study: Of, seed: number, session: number) {
      if (places === 0) await new Promise<void>((go) => waiting.push(go))
      else places--
      try {
        return (await pool.run({ study, seed, session })) as OutcomeOf<Of>
      } finally {
        const next = waiting.shift()
        if (next === undefined) places++
        else next()
      }
    },
    close: () => pool.destroy(),
  }
}
