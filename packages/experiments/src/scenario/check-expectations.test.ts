import { describe, expect, it } from 'vitest'
import { judgeExpectations } from '../run/expectations.ts'
import { expectationSchema } from './expectation-schema.ts'
import { loadScenario } from './load-scenario.ts'
import { halfTheShock } from './shock.ts'
import { spoiled } from './small-scenario.testing.ts'

const PAUSE = '  - { kind: pause, atSeconds: 100, bridge: hub, authority: issuer }\n'
const PLAIN = '  - { name: some order, metric: orders.signed, atLeast: 1 }\n'
const INCIDENT = (shock: string) => `incident:
  inputs: [{ what: a forged message, source: here }]
  calibrated: []
  shock: ["${shock}"]
`
const load = (expectation: string, incident = '') =>
  loadScenario(
    's.yaml',
    new TextEncoder().encode(
      new TextDecoder()
        .decode(spoiled(PLAIN, `  - { ${expectation} }\n`))
        .replace('assets:\n', `${incident}assets:\n`),
    ),
  )

const judged = (written: object, got: unknown) =>
  judgeExpectations({ x: got }, [
    expectationSchema.parse({ name: 'x', metric: 'x', kind: 'predicted', ...written }),
  ])[0]!

const SOURCE = { source: 'a page', tolerancePercent: 25 }

describe('a reported figure', () => {
  it('gives bounds in units of the metric, both ends included', () => {
    const written = { reported: { value: '56000', unit: 'ETH', decimals: 18, ...SOURCE } }
    const base = (whole: number) => `${whole}${'0'.repeat(18)}`
    expect(judged(written, base(42_000)).ok).toBe(true)
    expect(judged(written, base(70_000)).ok).toBe(true)
    expect(judged(written, `41999${'9'.repeat(18)}`).ok).toBe(false)
    expect(judged(written, base(70_001)).ok).toBe(false)
  })

  it('may be a range, minutes, per cent, and nothing', () => {
    const reported = { ...SOURCE, tolerancePercent: 5 }
    expect(judged({ reported: { ...reported, value: { from: '4', to: '5' }, perUnit: '60' } }, 228).ok).toBe(
      true,
    )
    expect(
      judged({ reported: { ...reported, value: { from: '4', to: '5' }, perUnit: '60' } }, 227.9).ok,
    ).toBe(false)
    expect(judged({ reported: { ...reported, value: '1.4', perUnit: '0.01' } }, 0.0147).ok).toBe(true)
    expect(judged({ reported: { ...reported, value: '0' } }, 0).ok).toBe(true)
    expect(judged({ reported: { ...reported, value: '0' } }, 1e-9).ok).toBe(false)
  })

  it('that is missed for a reason fails when it is met, and when there is no figure at all', () => {
    const written = { reported: { value: '100', ...SOURCE }, miss: 'the depth of the pool is not known' }
    expect(judged(written, 50).ok).toBe(true)
    expect(judged(written, 100)).toMatchObject({ ok: false, want: 'a known miss of ≥ 75 and ≤ 125' })
    expect(judged(written, undefined).ok).toBe(false)
  })
})

describe('expectations of a file', () => {
  it.each([
    ['name: a, metric: orders.signed', 'compares with nothing'],
    ['name: a, metric: orders.signed, reported: { value: "1", source: s }', 'has no tolerance'],
    [
      'name: a, metric: orders.signed, atLeast: 1, reported: { value: "1", tolerancePercent: 5, source: s }',
      'bounds follow from the reported value',
    ],
    [
      'name: a, metric: orders.signed, atLeast: 1, reported: { value: "1", says: one, source: s }',
      'a value or words',
    ],
    ['name: a, metric: orders.signed, atLeast: 1, reported: { source: s }', 'a value or words'],
    ['name: a, metric: orders.signed, atLeast: 1, reported: { says: one }', 'source'],
  ])('are refused: %s', (expectation, complaint) => {
    expect(() => load(expectation)).toThrow(complaint)
  })

  it('of an incident say whether they were fitted, and its shock is somewhere in the file', () => {
    const plain = 'name: a, metric: orders.signed, atLeast: 1'
    expect(() => load(plain, INCIDENT('faults.0.atSeconds'))).toThrow(
      'what was fitted and what was predicted',
    )
    const kind = `${plain}, kind: fitted`
    expect(() => load(kind, INCIDENT('faults.1.atSeconds'))).toThrow(
      'nothing that can be halved stands there',
    )
    const { warnings } = load(kind, INCIDENT('faults.0.atSeconds'))
    expect(warnings.map(({ rule }) => rule)).toContain('more-calibrated-than-predicted')
  })
})

describe('half of a shock', () => {
  const scenarioOf = (shock: string, fault: string) =>
    loadScenario(
      's.yaml',
      new TextEncoder().encode(
        new TextDecoder()
          .decode(spoiled(PAUSE, `  - { ${fault} }\n`))
          .replace(PLAIN, '  - { name: a, metric: orders.signed, atLeast: 1, kind: predicted }\n')
          .replace(
            'assets:\n',
            `${INCIDENT(shock)}prices: { paths: { ETH: [{ atSeconds: 60, price: "1000" }] } }\nassets:\n`,
          ),
      ),
    ).scenario

  const FORGE =
    'kind: forge, atSeconds: 100, bridge: hub, asset: rsETH, from: arbitrum, to: ethereum, amount: "501", poisoned: 2'

  it('is half of an amount, and nothing else of the file', () => {
    const scenario = scenarioOf('faults.*.amount', FORGE)
    const half = halfTheShock(scenario)
    expect(half.faults[0]).toEqual({ ...scenario.faults[0], amount: '250.5' })
    expect({ ...half, faults: [] }).toEqual({ ...scenario, faults: [] })
  })

  it('is the way of a price back to where it began', () => {
    const half = halfTheShock(scenarioOf('prices.paths.ETH.*.price', FORGE))
    // ETH begins at 2000.
    expect(half.prices?.paths.ETH).toEqual([{ atSeconds: 60, price: '1500' }])
  })
})
