/** How sessions of learners scale with worker threads: the same 16 sessions on one thread and on two. */
import { calvanoBaseline } from '@solvent/collusion'
import { runStudy } from '../src/learning/run-study.ts'

export const name = 'learn: sessions on two worker threads over one'

const SESSIONS = 16
const GOAL = 1.8

export async function run(): Promise<void> {
  const study = { kind: 'pricing', study: calvanoBaseline() } as const
  const seconds = async (workers: number) => {
    const begin = performance.now()
    await runStudy({ study, seed: 1, sessions: SESSIONS, workers })
    return (performance.now() - begin) / 1000
  }
  await seconds(1)
  const one = await seconds(1)
  const two = await seconds(2)
  console.log(
    `${SESSIONS} sessions: ${one.toFixed(2)} s on one thread, ${two.toFixed(2)} s on two: ${(one / two).toFixed(2)} times (goal ${GOAL}, on two free cores)`,
  )
}
