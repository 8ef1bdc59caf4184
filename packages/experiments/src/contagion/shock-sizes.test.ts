import { expect, it } from 'vitest'
import { loadScenario } from '../scenario/load-scenario.ts'
import { SMALL_SCENARIO } from '../scenario/small-scenario.testing.ts'
import { scaledShock } from './shock-sizes.ts'

const { scenario } = loadScenario('small.yaml', new TextEncoder().encode(SMALL_SCENARIO))
const spike = (forSeconds: number) =>
  ({ kind: 'gas-spike', atSeconds: 190, chain: 'arbitrum', times: 100, forSeconds }) as never

// A spike of gas lasts from a minute to six hours: reference of faults, `market-fault-schema.ts`.
it.each([
  [300, 0.5, [150]],
  [300, 0.2, [60]],
  [300, 0.19, []],
  [300, 0, []],
  [20_000, 2, [21_600]],
])('a spike of %i s times %f lasts as long as one can, or does not happen', (seconds, size, expected) => {
  const { faults } = scaledShock({ ...scenario, faults: [spike(seconds)] }, size)
  expect(faults.map(({ forSeconds }) => forSeconds)).toEqual(expected)
})
