import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { loadScenario } from '../scenario/load-scenario.ts'
import { impossibility } from './possible.ts'
import { drawn } from './shock.ts'
import { struckElsewhere } from './shock-elsewhere.ts'

const FILE = join(import.meta.dirname, '../../../../configs/scenarios/contagion/haircut-chain.yaml')
const { scenario } = loadScenario(FILE, new TextEncoder().encode(readFileSync(FILE, 'utf8')))

it('what operators do about a forged message moves with it, to the asset of the other bridge', () => {
  const [elsewhere, ...others] = struckElsewhere(drawn(scenario, 1))
  expect(others).toEqual([])
  expect(elsewhere?.place).toBe('north/NTH')
  expect(impossibility(elsewhere!.scenario)).toBeNull()
  const answered = elsewhere!.scenario.faults.filter(({ kind }) => kind === 'share-loss')
  expect(answered.map(({ bridge, asset }) => [bridge, asset])).toEqual([
    ['north', 'NTH'],
    ['north', 'NTH'],
  ])
})
