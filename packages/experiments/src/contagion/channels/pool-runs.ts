// Providers of a bridge's pool leave: who comes later waits, and the pool's rate rises.

import type { Channel } from './channel.ts'
import { without } from './left-out-faults.ts'

const RUNS: ReadonlySet<string> = new Set(['pool-run', 'wrong-rate'])

export const poolRuns: Channel = {
  name: 'pool-runs',
  title: "providers who leave a bridge's pool, and pools that pay a wrong rate",
  closedBy: 'nobody leaves, and the rate is right',
  isOpenIn: ({ faults }) => faults.some(({ kind }) => RUNS.has(kind)),
  close: (scenario) => without(scenario, (kind) => RUNS.has(kind)),
}
