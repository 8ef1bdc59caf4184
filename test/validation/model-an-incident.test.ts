// The page that says how to model an incident: its example runs as it stands, predicts what the page says, and needs its shock.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { halfTheShock, loadScenario, runScenario, verifyIncidents } from '@solvent/experiments'
import { expect, it, onTestFinished } from 'vitest'

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/how-to/model-an-incident.md'), 'utf8')
const example = /^```yaml\n([\s\S]*?)^```$/m.exec(PAGE)?.[1] ?? ''

it('predicts what it says from the numbers of the example alone', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'solvent-incident-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  writeFileSync(join(directory, 'stone-2026.yaml'), example)
  const [outcome] = await verifyIncidents(directory)
  const simulated = Object.fromEntries(outcome!.figures.map((each) => [each.figure, each.simulated]))
  // (1,000,000 − out) / 600,000 with out = 1,000,000 · 99,700 / 599,700 = 166,249.79: 1.38958.
  expect(simulated['low of the wrapped price']).toBe('1.38958 USD')
  expect(simulated['the lender is lent out']).toBe('100 %')
  expect(outcome!.figures.map(({ status }) => status)).toEqual(outcome!.figures.map(() => 'agrees'))
})

it('does not come out with half of the shock, and its claims are backed as the page says', async () => {
  const loaded = loadScenario('stone-2026.yaml', new TextEncoder().encode(example))
  expect(loaded.warnings.filter(({ rule }) => rule === 'more-calibrated-than-predicted')).toEqual([])
  const run = async (scenario = loaded.scenario) => {
    const options = { loaded: { ...loaded, scenario }, seed: 1, runtime: 'sim', nodeProgram: '' } as const
    return (await runScenario(options)).summary
  }
  const whole = await run()
  expect(whole.invariants.broken).toEqual([])
  // 1,500,000 locked behind 1,900,000 claims.
  expect(whole.bridges[0]?.backingRatio).toBeCloseTo(1.5 / 1.9, 9)
  const half = await run(halfTheShock(loaded.scenario))
  expect(half.expectations.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual([
    'minted without a lock',
    'low of the wrapped price',
    'the lender is lent out',
  ])
})
