import { describe, expect, it } from 'vitest'
import { loadScenario } from '../scenario/load-scenario.ts'
import { SMALL_SCENARIO, spoiled } from '../scenario/small-scenario.testing.ts'
import { runContagion } from './run-contagion.ts'

const load = (bytes: Uint8Array) => loadScenario('small.yaml', bytes)
const study = (bytes: Uint8Array, more: Partial<Parameters<typeof runContagion>[0]> = {}) =>
  runContagion({ loaded: load(bytes), seed: 7, runs: 1, attribute: false, onTrial: () => {}, ...more })

const FORGED = spoiled(
  'faults:\n',
  'faults:\n  - { kind: forge, atSeconds: 60, bridge: hub, asset: rsETH, from: arbitrum, to: ethereum, amount: "400", poisoned: 2 }\n',
)

describe('a study of contagion', () => {
  // 400 of 1,000 wrapped units at 2,100 are gone, and nobody but passive holders has any.
  it('a forged release is what the holders lose, and comes through the backing alone', () => {
    const { loss, attribution, runs } = study(FORGED, { attribute: true })
    expect(loss.holders).toBe('840000')
    expect(runs[0]!.insolvent).toEqual([])
    const backing = attribution!.channels.find(({ name }) => name === 'backing')!
    expect(backing.parts.holders).toBe('840000')
    expect(attribution!.rest.holders).toBe('0')
    expect(attribution!.method).toBe('exact')
    expect(attribution!.whole).toEqual(loss)
  })

  it('is the same again, and of several seeds the mean', () => {
    const twice = study(FORGED, { runs: 2 })
    expect(study(FORGED, { runs: 2 })).toEqual(twice)
    const [first, second] = twice.runs.map(({ loss }) => Number(loss.total))
    expect(Number(twice.loss.total)).toBeCloseTo((first! + second!) / 2, 6)
    expect(twice.distribution.worst).toBeCloseTo(Math.max(first!, second!), 6)
  })

  it('refuses a scenario without a shock', () => {
    const quiet = SMALL_SCENARIO.replace(/faults:\n.*\n/, '')
    expect(() => study(new TextEncoder().encode(quiet))).toThrow(/has no shock/)
  })
})
