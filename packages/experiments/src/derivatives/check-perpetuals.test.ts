import { describe, expect, it } from 'vitest'
import { loadScenario } from '../scenario/load-scenario.ts'
import { spoiled } from '../scenario/small-scenario.testing.ts'

const step = 'do: order-perpetual, house: house, market: m, side: buy, units: "2", price: "1.5"'
const market = 'asset: ETH, oracle: feed, venue: order-book, lot: "0.5", tick: "0.01"'

const load = (terms: string, does: string) =>
  loadScenario(
    's.yaml',
    spoiled(
      'solvers:\n',
      `oracles: { feed: { kind: feed, chain: arbitrum, asset: ETH } }
perpetuals: { house: { chain: arbitrum, asset: USDC, markets: { m: { ${terms} } } } }
actors: { ann: { steps: [{ ${does} }] } }
solvers:
`,
    ),
  )

const but = (piece: string, by: string) => () => load(market.replace(piece, by), step)
const stepBut = (piece: string, by: string) => () => load(market, step.replace(piece, by))

describe('a market of a clearing house on an order book', () => {
  it('is taken with a lot and a tick', () => {
    expect(load(market, step).scenario.perpetuals?.house?.markets.m).toMatchObject({ venue: 'order-book' })
  })

  it.each<[string, () => unknown, string]>([
    ['without a lot', but(', lot: "0.5"', ''), 'has a lot above 0'],
    ['with a tick of nothing', but('"0.01"', '"0"'), 'has a tick above 0'],
    ['with a depth', but('lot:', 'depth: "5", lot:'), 'a market on order-book has no depth'],
    ['with reserves that have a lot', but('order-book', 'virtual-amm'), 'a market on virtual-amm has no lot'],
    ['with a tick of less than a base unit', but('"0.01"', '"0.0000000001"'), 'a lot and a tick are above 0'],
    ['with an order for less than a lot', stepBut('"2"', '"0.4"'), 'the order is less than a lot'],
    ['with an order at no price', stepBut('"1.5"', '"0.001"'), 'no whole number of ticks'],
    [
      'with a trade against reserves',
      stepBut(step, step.replace('order-', 'trade-').replace(', price: "1.5"', '')),
      'trade-perpetual is for a market on virtual-amm',
    ],
  ])('is refused %s', (_what, attempt, reason) => {
    expect(attempt).toThrow(reason)
  })
})
