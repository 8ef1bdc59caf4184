/**
 * A day of virtual time on one L1 and three rollups: 2,000 orders from signature to settlement, with every L1 epoch,
 * batch, root and proof between them. Slots without transactions cost nothing but the number that the next block skips.
 */
import { assemble } from '@solvent/experiments'
import { simulate } from '../src/run/simulate.ts'
import { networkScenario } from './network-scenario.ts'

export const name = 'network: a day of virtual time'

const LOAD = { orders: 2_000, durationSeconds: 86_400 }
const GOALS = { seconds: 5, heapMb: 300 }

/** One run in a fresh process, compilation included: what a user waits for. */
export function run(): void {
  const begin = performance.now()
  const { scenario, hash } = networkScenario(LOAD)
  const plan = assemble({ scenario, hash, seed: 1, signatures: 'stand-in' })
  let heapMb = 0
  const { report, result } = simulate({
    plan,
    codec: 'objects',
    links: {},
    onProgress: () => {
      heapMb = Math.max(heapMb, process.memoryUsage().heapUsed / 1e6)
    },
  })
  const seconds = (performance.now() - begin) / 1_000
  const { signed, settled } = report.counts
  if (settled < 0.99 * signed) throw new Error('the network did not settle its orders')
  console.log(
    `${settled} of ${signed} orders settled, ${result.messages.toLocaleString('en')} messages, ` +
      `${result.events.toLocaleString('en')} events`,
  )
  console.table([
    { what: 'seconds', measured: seconds.toFixed(1), goal: verdict(seconds, GOALS.seconds) },
    { what: 'most heap in use (MB)', measured: Math.round(heapMb), goal: verdict(heapMb, GOALS.heapMb) },
    {
      what: 'most memory of the process (MB)',
      measured: Math.round(process.resourceUsage().maxRSS / 1e3),
      goal: '',
    },
  ])
}

function verdict(measured: number, goal: number): string {
  return `under ${goal} ${measured < goal ? 'met' : 'missed'}`
}
