import { describe, expect, it } from 'vitest'
import { loadScenario } from './load-scenario.ts'
import { spoiled } from './small-scenario.testing.ts'

const WINDOW = 'challengeWindowSeconds: 120'

function load(terms: string) {
  return loadScenario('s.yaml', spoiled(WINDOW, `${WINDOW}\n    preconfirmations: { ${terms} }`))
}

describe('promises of inclusion in a scenario', () => {
  it('are taken without a word when the bond covers a broken one', () => {
    expect(load('bond: "1", penalty: "1"').warnings).toEqual([])
  })

  it.each(['bond: "0", penalty: "1"', 'bond: "1", penalty: "0"'])(
    'are refused when they cost nothing: %s',
    (terms) => {
      expect(() => load(terms)).toThrow('a promise that costs nothing to break promises nothing')
    },
  )

  it('are warned about when one broken promise takes more than the bond', () => {
    expect(load('bond: "1", penalty: "1.5"').warnings).toMatchObject([
      { rule: 'T-10', path: 'chains.arbitrum.preconfirmations.penalty' },
    ])
  })

  it('are warned about when a solver would act on them and nobody gives any', () => {
    const strategy = 'strategy: { kind: cost-plus, marginBps: 8 }'
    const risk = 'risk: { confirmations: [{ upTo: "10", level: preconfirmed }] }'
    const { warnings } = loadScenario('s.yaml', spoiled(strategy, `${strategy}\n    ${risk}`))
    expect(warnings).toMatchObject([{ rule: 'T-10', path: 'solvers.atlas.risk.confirmations' }])
  })
})
