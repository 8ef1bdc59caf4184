// A snapshot of a run under every model, as it is.
import { describe, expect, it } from 'vitest'
import { creditScenario } from '../contagion/credit-network.testing.ts'
import { drawn } from '../contagion/shock.ts'
import { Trials } from '../contagion/trial.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import type { NetworkSource } from './network-file.ts'
import { stressNetwork } from './stress-network.ts'
import { STRESS_MODELS, type StressModel } from './stress-request.ts'

const scenario = drawn(loadScenario('credit.yaml', creditScenario('falling')).scenario, 7)
const [network] = new Trials(() => {}).run(scenario, 7).exposures
const source: NetworkSource = { form: 'exposures', file: 'exposures/0.json', network: network! }
const stress = (model: StressModel, shocks: Readonly<Record<string, number>> = {}) =>
  stressNetwork(source, {
    ...{ model, recovery: 0, alpha: 1.0536, capitalRatio: 0.08 },
    shocks: new Map(Object.entries(shocks)),
  })
const one = (model: StressModel, shocks: Readonly<Record<string, number>>) => {
  const { outcomes } = stress(model, shocks)
  if (!('one' in outcomes)) throw new Error('several outcomes')
  return outcomes.one
}

describe('a saved snapshot', () => {
  it('has what solvers and actors hold that nobody owes, cash aside, and how deep the pairs for it are', () => {
    expect(network!.assets?.map(({ id }) => id)).toEqual(['ETH'])
    expect(network!.holdings!.map(({ node }) => node)).toEqual(expect.arrayContaining(['atlas', 'flora']))
    // Nothing of ETH is in a pair here.
    expect(network!.assets![0]!.illiquidity).toBeUndefined()
  })

  it.each(STRESS_MODELS)('is taken by %s', (model) => {
    expect(stress(model).ids.length).toBeGreaterThan(1)
  })

  it('a fall of ETH costs a solver its share of it', () => {
    const { ids } = stress('overlap')
    const equity = (fall: number) =>
      (one('overlap', { ETH: fall })['finalEquity'] as number[])[ids.indexOf('atlas')]!
    const [held] = network!.holdings!.filter(({ node }) => node === 'atlas')
    expect(equity(-0.1) - equity(-0.2)).toBeCloseTo(held!.value * 0.1, 4)
  })

  it('a sequencer that stands still strikes the contracts on its chain, and by name', () => {
    const on = (id: string) => network!.dependences!.filter((each) => each.on === id).map(({ node }) => node)
    const struck = on('chain/arbitrum')
    expect(on('sequencer/seq-arbitrum')).toEqual(['chain/arbitrum'])
    expect(struck).toContain('lending/main')
    const nodes = Object.fromEntries(struck.map((node) => [node, 0.5]))
    const { name, ...found } = one('debtrank', { 'sequencer/seq-arbitrum': 0.5 })
    const { name: _, ...expected } = one('debtrank', nodes)
    expect(found).toEqual(expected)
    expect(name).toBe('sequencer/seq-arbitrum=0.5')
    expect((found['linear'] as { additionalLosses: number }).additionalLosses).toBeGreaterThan(0)
    expect(() => stress('glt', { 'sequencer/seq-arbitrum': 0.5 })).toThrow(/names what is not in the network/)
  })
})
