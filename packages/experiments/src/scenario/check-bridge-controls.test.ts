// An accountant is kept by verifiers: what a scenario may say of one.
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
