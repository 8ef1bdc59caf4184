// A solver that holds what orders ask for, and nothing to pay gas with, is warned about when the file is read.
import { expect, test } from 'vitest'
import { loadScenario } from './load-scenario.ts'
import { spoiled } from './small-scenario.testing.ts'

const ON_ETHEREUM = 'ethereum: { ETH: "10", USDC: "100000" }'

test.each([
  ['no gas asset', 'ethereum: { USDC: "100000" }', 1],
  ['nothing of it', 'ethereum: { ETH: "0", USDC: "100000" }', 1],
  ['dust of it', 'ethereum: { ETH: "0.000000000000000001", USDC: "100000" }', 0],
  ['nothing to fill with', 'ethereum: { USDC: "0" }', 0],
  ['another asset than orders ask for', 'ethereum: { rsETH: "1" }', 0],
  ['nothing at all', 'ethereum: {}', 0],
  ['enough', ON_ETHEREUM, 0],
])('a solver with %s where orders are filled', (_, by, count) => {
  const { warnings } = loadScenario('s.yaml', spoiled(ON_ETHEREUM, by))
  const [first, ...others] = warnings.filter(({ rule }) => rule === 'solver-without-gas')
  expect(others).toEqual([])
  if (count === 0) expect(first).toBeUndefined()
  else
    expect(first).toEqual({
      rule: 'solver-without-gas',
      path: 'solvers.atlas.inventory.ethereum',
      message:
        'atlas holds USDC and no ETH on ethereum: it cannot pay for gas there, and none of its fills gets into a block; give it some ETH',
    })
})

test('where no order is filled a solver needs none', () => {
  const { warnings } = loadScenario(
    's.yaml',
    spoiled('arbitrum: { ETH: "10", USDC: "100000" }', 'arbitrum: { USDC: "100000" }'),
  )
  expect(warnings.map(({ rule }) => rule)).not.toContain('solver-without-gas')
})
