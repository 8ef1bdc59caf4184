import { describe, expect, test } from 'vitest'
import { createTenderStrategy, type Tender, type TenderStrategyName } from '../index.ts'

const tender = (change: Partial<Tender> = {}): Tender => ({
  id: 'order-1',
  time: 0,
  rule: 'first-price',
  self: 'a',
  bidders: ['a', 'b', 'c'],
  market: { chain: 'one', asset: 'USDC', user: 'u' },
  cost: 0.2,
  reserve: 1,
  told: null,
  leaked: null,
  draw: () => 0.5,
  ...change,
})

describe('an equilibrium bidder', () => {
  test('asks for its cost at second price, for the reserve alone, and scales with the support of costs', () => {
    const bid = (change: Partial<Tender>) => createTenderStrategy({ kind: 'equilibrium' }).bid(tender(change))
    // c + (1 − c)/n = 0.2 + 0.8/3.
    expect(bid({})).toBeCloseTo(0.2 + 0.8 / 3, 12)
    expect(bid({ rule: 'second-price' })).toBe(0.2)
    expect(bid({ bidders: ['a'], reserve: 0.9 })).toBeCloseTo(0.9, 12)
    expect(bid({ cost: 0.95, reserve: 0.9 })).toBeNull()
    const scaled = createTenderStrategy({
      kind: 'equilibrium',
      parameters: { lowestCostPpm: 100_000, highestCostPpm: 200_000 },
    })
    // Half-way up the support: 0.15 + 0.05/3.
    expect(scaled.bid(tender({ cost: 0.15 }))).toBeCloseTo(0.15 + 0.05 / 3, 12)
  })
})

test('a truthful bidder asks for its cost, and for nothing above the reserve', () => {
  const truthful = createTenderStrategy({ kind: 'truthful' })
  expect(truthful.bid(tender())).toBe(0.2)
  expect(truthful.bid(tender({ reserve: 0.1 }))).toBeNull()
})

test('a strategy that does not exist is refused with what was meant', () => {
  expect(() => createTenderStrategy({ kind: 'truthfull' as TenderStrategyName })).toThrow(
    /Did you mean truthful/,
  )
})
