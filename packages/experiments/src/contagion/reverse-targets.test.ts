import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../scenario/load-scenario.ts'
import { creditScenario } from './credit-network.testing.ts'
import { impossibility } from './possible.ts'
import { drawn } from './shock.ts'
import { struckElsewhere } from './shock-elsewhere.ts'
import { scaledShock } from './shock-sizes.ts'
import { targetNames, targetOf } from './targets.ts'
import { Trials } from './trial.ts'

const scenario = drawn(loadScenario('credit.yaml', creditScenario()).scenario, 7)
const trials = new Trials(() => {})
const isBroken = (name: string, size: number) =>
  targetOf(scenario, name).isBroken(trials.run(scaledShock(scenario, size), 7))

describe('targets of a reverse stress test', () => {
  it('are all that can be broken, by name', () => {
    expect(targetNames(scenario)).toEqual([
      ...['atlas', 'hub/rsETH', 'market/pair', 'lending/main', 'ethereum', 'arbitrum'],
    ])
    expect(() => targetOf(scenario, 'lending/mian')).toThrow(/no such solver/)
  })

  // 400 of 1,000 are gone at size 1; half of the pair is wrapped, so that it has lost a tenth when a fifth is gone.
  it('a market breaks when a tenth of its reserves is gone', () => {
    expect(isBroken('market/pair', 0.49)).toBe(false)
    expect(isBroken('market/pair', 0.51)).toBe(true)
  })

  // With the part k left: 150,000 - 210,000 k > 1 % of (400,000 + 210,000 k) below k = 0.6884, which is size 0.779.
  it('a lending pool breaks when a hundredth of what is lent to it is bad debt', () => {
    expect(isBroken('lending/main', 0.77)).toBe(false)
    expect(isBroken('lending/main', 0.79)).toBe(true)
  })
})

describe('the same shock elsewhere', () => {
  const file = new URL('../../../../configs/scenarios/contagion/haircut-chain.yaml', import.meta.url)
  const chain = drawn(loadScenario('haircut-chain.yaml', readFileSync(file)).scenario, 4)

  it('a theft with stolen keys is as large at another lock, under as many keys as it takes', () => {
    const [place, ...others] = struckElsewhere(chain)
    expect(others).toEqual([])
    expect(place!.place).toBe('north/NTH')
    // 1,777,777.123457 at 1 are 711,110.85 at 2.5.
    expect(place!.scenario.actors['mallory']!.steps).toMatchObject([
      { bridge: 'north', asset: 'NTH', amount: '711110.85', keys: 3, from: 'arbitrum', to: 'ethereum' },
    ])
    // What operators do about it goes along, to the asset of that bridge.
    expect(impossibility(place!.scenario)).toBeNull()
    const answered = place!.scenario.faults.filter(({ kind }) => kind === 'share-loss')
    expect(answered.map(({ bridge, asset }) => `${bridge}/${asset}`)).toEqual(['north/NTH', 'north/NTH'])
  })

  it('a standstill moves from one bridge to each other', () => {
    const stopped = {
      ...chain,
      actors: {},
      faults: chain.faults.filter(({ kind }) => kind === 'pause').slice(0, 1),
    }
    const places = struckElsewhere(stopped)
    expect(places.map(({ place }) => place)).toEqual(['north', 'oracle'])
    for (const { place, scenario: moved } of places) {
      expect(moved.faults).toMatchObject([{ kind: 'pause', bridge: place }])
      expect(impossibility(moved)).toBeNull()
    }
  })
})
