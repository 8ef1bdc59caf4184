/**
 * How sessions of learners scale with worker threads: the same sessions on one thread and on two, which begin with nothing loaded.
 * Beside the time by the clock stands processor time, which others on the machine hardly change: two threads gain at most twice what
 * one spends over what both spend. The yardstick is a bare loop on one and two threads of the same process, in the same minute: what
 * this machine's cores take from each other, no program gets back.
 */
import { calvanoBaseline } from '@solvent/collusion'
import { runStudy } from '../src/learning/run-study.ts'
import { spentOn, threadGains } from './bare-tables.ts'

export const name = 'learn: sessions on two worker threads over one'

const SESSIONS = 120
const WARM_UP = 4
const GOAL = 1.8
const BARE_STEPS = 150_000_000

export async function run(): Promise<void> {
  const study = { kind: 'pricing', study: calvanoBaseline() } as const
  const instant = { kind: 'pricing', study: { ...calvanoBaseline(), mostPeriods: 1 } } as const
  const timed = (workers: number) =>
    spentOn(async () => void (await runStudy({ study, seed: 1, sessions: SESSIONS, workers })))
  await runStudy({ study, seed: 1, sessions: WARM_UP, workers: 1 })
  const one = await timed(1)
  const two = await timed(2)
  const start = await spentOn(
    async () => void (await runStudy({ study: instant, seed: 1, sessions: 2, workers: 2 })),
  )
  const bare = await threadGains(BARE_STEPS)
  console.log(
    `${SESSIONS} sessions: ${one.clock.toFixed(2)} s on one thread, ${two.clock.toFixed(2)} s on two ` +
      `(goal ${GOAL} times, on two free cores); starting and ending two threads: ${start.clock.toFixed(2)} s, ${start.processor.toFixed(2)} s of processor time`,
  )
  console.log(
    `processor time ${one.processor.toFixed(2)} s on one thread, ${two.processor.toFixed(2)} s on two`,
  )
  const sessions = {
    times: one.clock / two.clock,
    timesAtMost: (2 * one.processor) / two.processor,
  }
  const tables = bare.at(-1)!
  console.table([
    ...[{ array: `${SESSIONS} sessions`, ...sessions }, ...bare].map(({ array, times, timesAtMost }) => ({
      'two threads over one': array,
      'by the clock': times.toFixed(2),
      'at most, by processor time': timesAtMost.toFixed(2),
    })),
    {
      'two threads over one': 'sessions, of the bare loop on their tables',
      'by the clock': percent(sessions.times / tables.times),
      'at most, by processor time': percent(sessions.timesAtMost / tables.timesAtMost),
    },
  ])
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`
}
