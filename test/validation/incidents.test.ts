// Incidents as files: each says what went in, what was calibrated and what is expected; more is predicted than was chosen, and what is
// expected follows from the shock: half of it does not meet it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { halfTheShock, loadScenario, runScenario, type Scenario, verifyIncidents } from '@solvent/experiments'
import { describe, expect, it } from 'vitest'

const FOLDER = join(import.meta.dirname, '../../configs/incidents')
const TIMEOUT_MS = 120_000
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'))
const load = (file: string) => loadScenario(file, readFileSync(join(FOLDER, file)))

/** Files without a record of their own show what a control would have changed. */
const incidents = files.filter((file) => load(file).scenario.incident !== undefined)
const variants = files.filter((file) => !incidents.includes(file))
const table = readFileSync(join(FOLDER, '../../docs/incidents.md'), 'utf8')

async function failures(loaded: ReturnType<typeof load>, scenario: Scenario): Promise<readonly string[]> {
  const run = {
    loaded: { ...loaded, scenario },
    seed: scenario.seed,
    runtime: 'sim',
    nodeProgram: '',
  } as const
  const { summary } = await runScenario(run)
  return summary.expectations.filter(({ ok }) => !ok).map(({ name }) => name)
}

it('the incidents of the record are there', () => {
  for (const id of [
    'base-2026',
    'ethereum-finality-2023',
    'ftx-2022',
    'garden-2025',
    'hyperbridge-2026',
    'iotube-2026',
    'nomad-2022',
    'polygon-zkevm-2024',
    'ronin-2022',
    'ronin-2024',
    'ust-2022',
    'wormhole-2022',
  ])
    expect(incidents).toContain(`${id}.yaml`)
})

it('every variant is named by its incident, and both stand in the table of the documents', () => {
  const named = incidents.flatMap((file) => load(file).scenario.incident?.controls ?? [])
  expect(named.toSorted()).toEqual(variants.toSorted())
  for (const file of files) expect(table).toContain(`\`${file}\``)
})

describe.each(incidents)('%s', (file) => {
  const loaded = load(file)
  const { scenario } = loaded

  it('predicts more than was chosen, and names the source of everything reported', () => {
    const predicted = scenario.expectations.filter(({ kind }) => kind === 'predicted')
    expect(predicted.length).toBeGreaterThan(scenario.incident?.calibrated.length ?? Number.NaN)
    expect(loaded.warnings.filter(({ rule }) => rule === 'more-calibrated-than-predicted')).toEqual([])
    expect(scenario.expectations.filter(({ reported }) => reported !== undefined)).not.toEqual([])
  })

  it('does not come out with half of the shock, and not what was predicted either', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const failed = await failures(loaded, halfTheShock(scenario))
    const predicted = scenario.expectations.filter(({ kind }) => kind === 'predicted').map(({ name }) => name)
    expect(predicted.filter((name) => failed.includes(name))).not.toEqual([])
  })
})

it('all of them agree, or say why not', { timeout: TIMEOUT_MS }, async () => {
  const outcomes = await verifyIncidents(FOLDER)
  expect(outcomes.map(({ file }) => file)).toEqual(incidents.toSorted())
  const figures = outcomes.flatMap((outcome) => outcome.figures)
  expect(figures.filter(({ status }) => status === 'misses')).toEqual([])
  // The text of the file: 120,000 ETH refilled on Solana's lock, in base units in the summary.
  const refilled = outcomes
    .find(({ file }) => file === 'wormhole-2022.yaml')
    ?.figures.find(({ figure }) => figure === 'put back')
  expect(refilled).toEqual({
    figure: 'put back',
    kind: 'fitted',
    reported: '120,000 ETH',
    tolerancePercent: 5,
    source: 'decrypt.co/91962',
    simulated: '120,000 ETH',
    allowed: { from: '114000000000000000000000', to: '126000000000000000000000' },
    status: 'agrees',
    reason: null,
  })
})
