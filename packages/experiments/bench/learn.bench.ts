/**
 * How sessions of learners scale with worker threads: the same sessions on one thread and on two. Beside the time by the clock stands
 * processor time, which others on the machine hardly change: two threads gain at most twice what one spends over what both spend.
 */
import { calvanoBaseline } from '@solvent/collusion'
import { runStudy } from '../src/learning/run-study.ts'

export const name = 'learn: sessions on two worker threads over one'

const SESSIONS = 120
const WARM_UP = 4
const GOAL = 1.8

export async function run(): Promise<void> {
  const study = { kind: 'pricing', study: calvanoBaseline() } as const
  const timed = async (workers: number) => {
    const [begin, spent] = [performance.now(), process.cpuUsage()]
    await runStudy({ study, seed: 1, sessions: SESSIONS, workers })
    const { user, system } = process.cpuUsage(spent)
    return { clock: (performance.now() - begin) / 1e3, processor: (user + system) / 1e6 }
  }
  await runStudy({ study, seed: 1, sessions: WARM_UP, workers: 1 })
  const one = await timed(1)
  const two = await timed(2)
  console.log(
    `${SESSIONS} sessions: ${one.clock.toFixed(2)} s on one thread, ${two.clock.toFixed(2)} s on two: ${(one.clock / two.clock).toFixed(2)} times (goal ${GOAL}, on two free cores)`,
  )
  console.log(
    `processor time ${one.processor.toFixed(2)} s and ${two.processor.toFixed(2)} s: at most ${((2 * one.processor) / two.processor).toFixed(2)} times`,
  )
}
