// What a scenario may say of an accountant and a governor, which verifiers keep, and of limits on departures.
import { describe, expect, it } from 'vitest'
import { loadScenario } from './load-scenario.ts'
import { spoiled } from './small-scenario.testing.ts'

const QUORUM = 'verification: { kind: quorum, verifiers: 3, threshold: 2 }'
const forger = (outcome: string) => `actors:
  mallory:
    steps:
      - { do: deliver-forged, bridge: hub, asset: rsETH, from: arbitrum, to: ethereum, amount: "5", signatures: keys, keys: 3, outcome: ${outcome} }
faults:`

describe('an accountant', () => {
  it('is refused where nobody signs', () => {
    const text = spoiled(QUORUM, 'verification: { kind: light-client }\n    accountant: true')
    expect(() => loadScenario('small.yaml', text)).toThrow(
      'nobody signs for a bridge with verification light-client',
    )
  })

  it.each([
    ['accepted', ['B-4']],
    ['refused', []],
  ])('is passed by whoever needs no verifier: a forged message that is %s', (outcome, expected) => {
    const accounted = new TextDecoder().decode(spoiled(QUORUM, `${QUORUM}\n    accountant: true`))
    const text = new TextEncoder().encode(accounted.replace('faults:', forger(outcome)))
    const rules = loadScenario('small.yaml', text).warnings.map(({ rule }) => rule)
    expect(rules.filter((rule) => rule === 'B-4')).toEqual(expected)
  })
})

describe('a governor', () => {
  const governed = (verification: string, floors: string) =>
    spoiled(
      QUORUM,
      `${verification}\n    governor: { chains: { arbitrum: { single: "5", window: "9" } }, floors: { ${floors} } }`,
    )

  it.each([
    [
      'where nobody signs',
      'verification: { kind: light-client }',
      'rsETH: "1"',
      'only with verification quorum',
    ],
    ['for an asset that the bridge does not carry', QUORUM, 'USDC: "1"', 'governor.floors.USDC'],
  ])('is refused %s', (_why, verification, floors, says) => {
    expect(() => loadScenario('small.yaml', governed(verification, floors))).toThrow(says)
    expect(
      loadScenario('small.yaml', governed(QUORUM, 'rsETH: "1"')).scenario.bridges.hub?.governor,
    ).toBeDefined()
  })
})

describe('a departure limit', () => {
  const limit = (fields: string) =>
    `{ asset: rsETH, from: arbitrum, to: ethereum, capacity: "10", perSecond: "0.1"${fields} }`
  const refusal = (limits: string): string => {
    try {
      loadScenario('small.yaml', spoiled(QUORUM, `${QUORUM}\n    departureLimits: [${limits}]`))
      return ''
    } catch (error) {
      return String(error)
    }
  }

  it.each([
    ['loads', limit(''), ''],
    [
      'needs another chain to go to',
      limit('').replace('to: ethereum', 'to: arbitrum'),
      'departureLimits[0].to',
    ],
    ['is of an asset of the bridge', limit('').replace('rsETH', 'USDC'), 'departureLimits[0].asset'],
    ['is the only one of its lane', `${limit('')}, ${limit('')}`, 'departureLimits[1]'],
    [
      'counts in base units',
      limit('').replace('0.1', `0.${'0'.repeat(18)}1`),
      'departureLimits[0].perSecond',
    ],
  ])('%s', (_what, limits, where) => {
    if (where === '') expect(refusal(limits)).toBe('')
    else expect(refusal(limits)).toContain(where)
  })
})
