// Every scenario file that stands in configs/ runs in virtual time: it shows what it says, nothing breaks, and every
// invariant that its network and traffic ask for was evaluated. What it says would not come out without what it does.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type LoadedScenario, loadScenario, type RunSummary, runScenario } from '@solvent/experiments'
import { describe, expect, it } from 'vitest'

const CONFIGS = join(import.meta.dirname, '../../configs')
const TIMEOUT_MS = 120_000

/** The main job takes longer and is run, and compared, by tests of its own. */
const ELSEWHERE = ['scenarios/kelp-2026.yaml']
/** Played for its outcomes on two runtimes, without expectations of its own. */
const WITHOUT_EXPECTATIONS = ['scenarios/fifteen.yaml']

const files = ['scenarios', 'incidents']
  .flatMap((folder) =>
    readdirSync(CONFIGS).includes(folder)
      ? readdirSync(join(CONFIGS, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
          join(folder, file),
        )
      : [],
  )
  .filter((file) => file.endsWith('.yaml') && !ELSEWHERE.includes(file))
  .sort()

async function summaryOf(loaded: LoadedScenario): Promise<RunSummary> {
  const { summary } = await runScenario({
    loaded,
    seed: loaded.scenario.seed,
    runtime: 'sim',
    nodeProgram: '',
  })
  return summary
}

const failedOf = ({ expectations }: RunSummary) => expectations.filter(({ ok }) => !ok)

describe.each(files)('%s', (file) => {
  const loaded = loadScenario(file, readFileSync(join(CONFIGS, file)))
  const { scenario } = loaded

  it('shows what it says, breaks nothing and leaves nothing out', { timeout: TIMEOUT_MS }, async () => {
    const summary = await summaryOf(loaded)
    expect(summary.invariants.broken).toEqual([])
    expect(summary.invariants.unevaluated).toEqual([])
    expect(failedOf(summary)).toEqual([])
  })

  if (WITHOUT_EXPECTATIONS.includes(file)) return

  it('expects something', () => {
    expect(scenario.expectations).not.toEqual([])
  })

  // An expectation that is met whether or not the thing happens shows nothing.
  it.runIf(scenario.faults.length > 0)(
    'shows it because of its faults',
    { timeout: TIMEOUT_MS },
    async () => {
      const summary = await summaryOf({ ...loaded, scenario: { ...scenario, faults: [] } })
      expect(failedOf(summary)).not.toEqual([])
    },
  )

  it.runIf(Object.values(scenario.actors).some(({ steps }) => steps.length > 0))(
    'shows it because of what its actors do',
    { timeout: TIMEOUT_MS },
    async () => {
      const idle = Object.fromEntries(
        Object.entries(scenario.actors).map(([name, actor]) => [name, { ...actor, steps: [] }]),
      )
      const summary = await summaryOf({ ...loaded, scenario: { ...scenario, actors: idle } })
      expect(failedOf(summary)).not.toEqual([])
    },
  )
})
