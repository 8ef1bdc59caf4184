import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../scenario/load-scenario.ts'
import { SMALL_SCENARIO, spoiled } from '../scenario/small-scenario.testing.ts'
import { areaUnder } from './early-warning.ts'
import { runContagion } from './run-contagion.ts'

const load = (bytes: Uint8Array) => loadScenario('small.yaml', bytes)
const study = (bytes: Uint8Array, more: Partial<Parameters<typeof runContagion>[0]> = {}) =>
  runContagion({
    loaded: load(bytes),
    seed: 7,
    runs: 1,
    attribute: false,
    interventions: null,
    reverse: null,
    onTrial: () => {},
    ...more,
  })

const FORGED = spoiled(
  'faults:\n',
  'faults:\n  - { kind: forge, atSeconds: 60, bridge: hub, asset: rsETH, from: arbitrum, to: ethereum, amount: "400", poisoned: 2 }\n',
)

describe('the area under a curve of warnings', () => {
  // A level that finds all and alarms never: 1. One that finds as often as it alarms: 0.5.
  it('is 1 for a perfect level, 0.5 for chance', () => {
    expect(areaUnder([{ detected: 1, falseAlarms: 0 }])).toBe(1)
    expect(areaUnder([{ detected: 0.3, falseAlarms: 0.3 }])).toBeCloseTo(0.5, 12)
  })
})

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

  // The watcher looks every ten seconds, and knows after a hundred what is normal; nothing strands, so that the run's end is the failure.
  it('is foretold by the backing, and by nothing in a run without the shock', () => {
    const late = spoiled(
      '{ kind: pause, atSeconds: 100, bridge: hub, authority: issuer }',
      '{ kind: forge, atSeconds: 200, bridge: hub, asset: rsETH, from: arbitrum, to: ethereum, amount: "400", poisoned: 2 }',
    )
    const { warning } = study(late)
    const { points, area } = warning.signals.find(({ signal }) => signal === 'backing')!
    expect(warning.everySeconds).toBe(10)
    for (const point of points.slice(0, 5)) expect(point).toMatchObject({ detected: 1, falseAlarms: 0 })
    expect(points[0]!.leadSeconds).toBeGreaterThan(300)
    expect(points[0]!.leadSeconds).toBeLessThan(400)
    expect(area).toBe(1)
    expect(warning.signals.find(({ signal }) => signal === 'utilisation')!.points[0]).toMatchObject({
      detected: 0,
    })
  })

  it('measures controls in pairs, and finds the cheapest set under a bound', () => {
    const { interventions } = study(FORGED, {
      interventions: {
        bound: 1_000,
        boundOn: 'loss',
        costs: new Map([
          ['limiter', 3],
          ['governor', 3],
        ]),
      },
    })
    const of = (name: string) => interventions!.controls.find((control) => control.name === name)!
    // The limiter's single limit is 1,000 × 2,100 × 0.25 %: the release waits. A pause after five minutes comes too late.
    expect(of('limiter').avoided!.mean).toBeCloseTo(840_000, 0)
    expect(of('withdrawal-cap').avoided!.mean).toBeCloseTo(840_000, 0)
    expect(of('early-pause').avoided!.mean).toBeCloseTo(0, 0)
    // What holders lose is a deficit of the bridge, too.
    expect(of('limiter').unpaidAvoided!.mean).toBeCloseTo(840_000, 0)
    // The loss is the same, whoever bears it.
    expect(of('socialised-loss').avoided!.mean).toBeCloseTo(0, 0)
    expect(interventions!.cheapest).toMatchObject({ method: 'exact', controls: ['withdrawal-cap'], cost: 1 })
  })

  it.each([
    ['limiter', -1, 'A control costs nothing at least.'],
    ['limitter', 1, 'There is no such control.'],
  ])('refuses what %s costs: %d', (name, cost, reason) => {
    const interventions = { bound: 1_000, boundOn: 'loss', costs: new Map([[name, cost]]) } as const
    expect(() => study(FORGED, { interventions })).toThrow(reason)
  })

  it('finds the smallest shock that breaks an asset: a tenth of its claims', () => {
    const { reverse } = study(FORGED, { reverse: 'hub/rsETH' })
    const { breaksAt, holdsAt, monotone } = reverse!.bySeed[0]!
    expect(monotone).toBe(true)
    expect(holdsAt! * 400).toBeLessThanOrEqual(100)
    expect(breaksAt! * 400).toBeGreaterThan(100)
    expect(breaksAt! - holdsAt!).toBeLessThanOrEqual(2 / 4 / 32)
    expect(() => study(FORGED, { reverse: 'nobody' })).toThrow(/no such solver/)
  })

  it('strikes at four moments, also after claims were redeemed: issuers count them before they share a loss', () => {
    const file = new URL('../../../../configs/scenarios/contagion/haircut-chain.yaml', import.meta.url)
    const { reverse } = study(readFileSync(file), { reverse: 'west/WST' })
    expect(reverse!.bySeed[0]!.breaksAt).toBeCloseTo(0.17, 1)
    expect(reverse!.byTime.map(({ atSeconds }) => atSeconds)).toEqual([138, 413, 688, 963])
  })

  it('refuses a scenario without a shock', () => {
    const quiet = SMALL_SCENARIO.replace(/faults:\n.*\n/, '')
    expect(() => study(new TextEncoder().encode(quiet))).toThrow(/has no shock/)
  })
})
