// The whole product in virtual time: the quick scenario from its file to the trace, the event log and the report.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { LoadedScenario, RunScenarioOptions, ScenarioRun } from '@solvent/experiments'
import { hashCanonical, sha256Hex } from '@solvent/primitives'
import type { Subject, SubjectRun } from './subject.ts'

const FILE = fileURLToPath(new URL('../../../configs/scenarios/quick.yaml', import.meta.url))
/** With real signatures an order costs about 100 ms. */
const FEW_ORDERS = 3

export const wholeScenario: Subject = {
  name: 'quick scenario',
  isSeeded: true,
  needsWasm: true,
  run: (run) => runQuickScenario(run, {}),
}

export const realScenario: Subject = {
  name: 'quick scenario with real signatures and frames',
  isSeeded: true,
  needsWasm: true,
  run: (run) => runQuickScenario(run, { crypto: 'real', codec: 'real', orders: FEW_ORDERS }),
}

type Variant = Pick<RunScenarioOptions, 'crypto' | 'codec'> & { readonly orders?: number }

async function runQuickScenario(
  { seed, isObserved }: SubjectRun,
  { orders, ...variant }: Variant,
): Promise<string> {
  // Loaded here, because it brings secp256k1 in WebAssembly along, which not every circumstance can load.
  const { loadScenario, runScenario } = await import('@solvent/experiments')
  const loaded = loadScenario('quick.yaml', readFileSync(FILE))
  const run = await runScenario({
    loaded: orders === undefined ? loaded : withOrders(loaded, orders),
    seed,
    runtime: 'sim',
    nodeProgram: '',
    ...variant,
    // A progress bar makes the run go in slices.
    ...(isObserved ? { onProgress: () => {} } : {}),
  })
  if (run.report.counts.settled === 0) throw new Error('No order was settled: the digest would say little.')
  return digestOf(run)
}

function withOrders(loaded: LoadedScenario, orders: number): LoadedScenario {
  const { scenario } = loaded
  const users = Object.fromEntries(
    Object.entries(scenario.users).map(([name, user]) => [name, { ...user, orders }]),
  )
  return { ...loaded, scenario: { ...scenario, users } }
}

/** Everything that a run says of itself but how long it took. */
function digestOf({ summary, report, events }: ScenarioRun): string {
  const { wallMs: _wallMs, ...repeatable } = summary
  const log = sha256Hex(new TextEncoder().encode(events))
  return hashCanonical({ summary: JSON.stringify(repeatable), report, log })
}
