import { describe, expect, it } from 'vitest'
import { effectiveQuorum } from './failure-domains.ts'
import { loadScenario } from './load-scenario.ts'
import { spoiled } from './small-scenario.testing.ts'

describe('the effective quorum', () => {
  it.each<[string, number, number, number]>([
    // verifiers by domain, threshold; fewest domains that reach it, domains
    ['abcde', 3, 3, 5],
    ['aaabc', 3, 1, 3],
    ['aabbc', 3, 2, 3],
    ['aabbc', 5, 3, 3],
    ['aaaaa', 3, 1, 1],
  ])('of %s at %i', (verifiers, threshold, fewest, domains) => {
    expect(effectiveQuorum([...verifiers], threshold)).toMatchObject({ threshold: fewest, domains })
  })
})

describe('a bridge', () => {
  const load = (verification: string) =>
    loadScenario('a', spoiled('verifiers: 3, threshold: 2', verification)).warnings.map(
      ({ rule, message }) => `${rule}: ${message}`,
    )

  it('is warned about domains that reach its threshold with fewer words than it says', () => {
    expect(load('verifiers: 3, threshold: 2, domains: [rpc-a, rpc-a, rpc-b]')).toEqual([
      expect.stringMatching(/^S-7: .*2-of-3 by verifiers and 1-of-2 by failure domain: rpc-a alone/),
    ])
    expect(load('verifiers: 3, threshold: 2, domains: [rpc-a, rpc-b, rpc-c]')).toEqual([])
  })

  it('names a domain for each verifier', () => {
    expect(() => load('verifiers: 3, threshold: 2, domains: [rpc-a]')).toThrow(/a domain for each verifier/)
  })
})
