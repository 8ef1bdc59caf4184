import { describe, expect, test } from 'vitest'
import { createBidder, type StrategyConfig, type Tender } from '../index.ts'

const tender = (change: Partial<Tender> = {}): Tender => ({
  ...{ id: 't', time: 0, rule: 'first-price', self: 'a', bidders: ['a', 'b'] },
  market: { chain: 'one', asset: 'USDC', user: 'u' },
  ...{ cost: 0.2, reserve: 1, told: null, leaked: null },
  draw: () => 0.5,
  ...change,
})

describe('a rule for orders in the repeated auction', () => {
  test.each<[StrategyConfig, number]>([
    // Value after gas 0.8, of which 1 % is kept: 0.2 + 0.008.
    [{ kind: 'cost-plus', marginBps: 100 }, 0.208],
    // A full stock takes the skew off: 0.2 + 0.8 · (1 % − 0.5 %).
    [{ kind: 'inventory-aware', marginBps: 100, skewBps: 50 }, 0.204],
    // Two signatures are two quarters of a unit of risk, and the order itself the started quarter of the limit: 1 % + 3/4 · 1 %.
    [{ kind: 'risk-averse', marginBps: 100, premiumBps: 100 }, 0.214],
    [{ kind: 'undercutter', marginBps: 300, floorBps: 10, shaveBps: 100 }, 0.224],
  ])('asks for its cost and its margin: %o', (config, price) => {
    expect(createBidder(config).bid(tender())).toBeCloseTo(price, 11)
  })

  test('stays away where its price is above the limit or nothing is left', () => {
    const bidder = createBidder({ kind: 'cost-plus', marginBps: 100 })
    expect(bidder.bid(tender({ reserve: 0.205 }))).toBeNull()
    expect(bidder.bid(tender({ cost: 1 }))).toBeNull()
  })

  test('an undercutter learns from the prices that are revealed, and offers its floor at second price', () => {
    const bidder = createBidder({ kind: 'undercutter', marginBps: 3_000, floorBps: 10, shaveBps: 100 })
    const asked = tender()
    bidder.bid(asked)
    bidder.learn?.({
      ...{ id: 't', time: 0, rule: 'first-price', bidders: ['a', 'b'], market: asked.market, reserve: 1 },
      ...{ winner: 'b', paid: 0.28, faded: [] },
      prices: new Map([
        ['a', 0.44],
        ['b', 0.28],
      ]),
    })
    // The rival keeps 0.08 of 0.8, 10 %; a shave below is 9 %.
    expect(bidder.bid(asked)).toBeCloseTo(0.2 + 0.09 * 0.8, 11)
    expect(bidder.bid(tender({ rule: 'second-price' }))).toBeCloseTo(0.2 + 0.001 * 0.8, 11)
  })
})
