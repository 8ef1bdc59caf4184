import { PRICE_ONE_E8 } from '@solvent/primitives'
import { expect, test } from 'vitest'
import { OrderBook, plainOrderBook } from '../../market/order-book/order-book.ts'
import { type ClearingHouse, type MarketRules, markPriceE8 } from './clearing-house.ts'
import { PUBLISHED_FUNDING } from './funding.ts'
import { depositMargin, openMarket } from './margin.ts'
import { placeOrder } from './perpetual-order.ts'

const at = (indexE8: bigint | null) => ({ atSeconds: 0, indexE8: () => indexE8 })

/** A book in which the middle between both best prices is 101, with an index beside it. */
function quoted(mark: MarketRules['mark']): ClearingHouse {
  const rules: MarketRules = {
    baseUnit: 1_000_000n,
    quoteUnit: 1_000_000n,
    funding: PUBLISHED_FUNDING,
    initialMarginBps: 1_000n,
    maintenanceMarginBps: 625n,
    tradeFeeBps: 0n,
    liquidationFeeBps: 125n,
    mark,
    // A lot is 0.01 of the underlying, a tick a cent of a whole one.
    venue: { kind: 'order-book', lotUnits: 10_000n, tickCash: 100n },
  }
  const house: ClearingHouse = {
    rules: new Map([['btc', rules]]),
    books: new Map([['btc', new OrderBook(plainOrderBook())]]),
    markets: new Map(),
    accounts: new Map(),
    purse: new Map(),
  }
  openMarket(house, 'btc', { atSeconds: 0, priceE8: 100n * PRICE_ONE_E8, depth: 10n ** 10n })
  for (const owner of ['ann', 'ben']) depositMargin(house, owner, { owner, amount: 10n ** 9n })
  const moment = at(100n * PRICE_ONE_E8)
  const order = { market: 'btc', lots: 1n, timeInForce: 'good-till-cancelled' } as const
  expect(placeOrder(house, 'ann', { ...order, id: 1, side: 'buy', priceTicks: 10_000 }, moment).status).toBe(
    'ok',
  )
  expect(placeOrder(house, 'ben', { ...order, id: 2, side: 'sell', priceTicks: 10_200 }, moment).status).toBe(
    'ok',
  )
  return house
}

test('positions are weighed at the middle of the book, or at the index, as the rules say', () => {
  const index = 90n * PRICE_ONE_E8
  expect(markPriceE8(quoted('venue'), 'btc', at(index))).toBe(101n * PRICE_ONE_E8)
  expect(markPriceE8(quoted('index'), 'btc', at(index))).toBe(index)
})

test('without an index that may be believed there is no index mark, and the book still has its own', () => {
  expect(markPriceE8(quoted('index'), 'btc', at(null))).toBeNull()
  expect(markPriceE8(quoted('venue'), 'btc', at(null))).toBe(101n * PRICE_ONE_E8)
})
