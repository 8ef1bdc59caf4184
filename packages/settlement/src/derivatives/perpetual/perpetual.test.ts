import { PRICE_ONE_E8, WAD } from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OrderBook, plainOrderBook } from '../../market/order-book/order-book.ts'
import {
  accountKey,
  type ClearingHouse,
  type MarketRules,
  type PerpetualMarket,
  purseOf,
} from './clearing-house.ts'
import { fundingFrom, fundingRate, observed, PUBLISHED_FUNDING } from './funding.ts'
import { liquidatePerpetual } from './liquidate.ts'
import { depositMargin, fundHouse, openMarket, payFunding, withdrawMargin } from './margin.ts'
import { perpetualFaults } from './perpetual-faults.ts'
import { cancelOrder, placeOrder } from './perpetual-order.ts'
import { afterTrade, fundingOwedUp, valueAt } from './position.ts'
import { quoteReserve, spotPriceE8, tradeVirtual, virtualAmmAt, virtualCash } from './virtual-amm.ts'
import { tradePerpetual } from './virtual-trade.ts'

const UNITS = { baseUnit: 1_000_000n, quoteUnit: 1_000_000n }
const virtualRules: MarketRules = {
  ...UNITS,
  funding: PUBLISHED_FUNDING,
  initialMarginBps: 1_000n,
  maintenanceMarginBps: 625n,
  tradeFeeBps: 0n,
  liquidationFeeBps: 125n,
  mark: 'venue',
  venue: { kind: 'virtual-amm' },
}
const bookRules: MarketRules = {
  ...virtualRules,
  mark: 'index',
  // A lot is 0.01 of the underlying, a tick 1 cent of a whole one: 100 units of 6 decimals a lot.
  venue: { kind: 'order-book', lotUnits: 10_000n, tickCash: 100n },
}
const START = { atSeconds: 0, priceE8: 100n * PRICE_ONE_E8, depth: 10_000n * 1_000_000n }

/** Two markets at 100: `eth` on a virtual market maker of 100 against 10,000, `btc` on a book. */
function houseWith(change: Partial<MarketRules> = {}): ClearingHouse {
  const house: ClearingHouse = {
    rules: new Map([
      ['eth', { ...virtualRules, ...change }],
      ['btc', { ...bookRules, ...change, mark: bookRules.mark, venue: bookRules.venue }],
    ]),
    books: new Map([['btc', new OrderBook(plainOrderBook())]]),
    markets: new Map(),
    accounts: new Map(),
    purse: new Map(),
  }
  openMarket(house, 'eth', START)
  openMarket(house, 'btc', START)
  return house
}

const at = (atSeconds: number, priceE8 = 100n * PRICE_ONE_E8) => ({ atSeconds, indexE8: () => priceE8 })
const deposit = (house: ClearingHouse, owner: string, whole: bigint, isolatedIn: string | null = null) =>
  depositMargin(house, accountKey(owner, isolatedIn), { owner, amount: whole * 1_000_000n })
const market = (house: ClearingHouse, name: string) => house.markets.get(name) as PerpetualMarket
const trade = (house: ClearingHouse, key: string, units: bigint, seconds = 0) =>
  tradePerpetual(house, key, { market: 'eth', units, minCash: null }, at(seconds))

/** What the vault must hold by the identity of the clearing house. */
function vaultOf(house: ClearingHouse): bigint {
  const { fund, badDebt } = purseOf(house)
  let vault = fund - badDebt
  for (const [, account] of house.accounts.entries()) {
    vault += account.margin
    for (const [, { cash }] of account.positions) vault += cash
  }
  for (const name of ['eth', 'btc']) {
    const { amm, pot } = market(house, name)
    vault += pot + (amm === null ? 0n : virtualCash(amm))
  }
  return vault
}

describe('a position', () => {
  test('realises what it closes in proportion, and opens the other side at the trade’s price', () => {
    const long = afterTrade({ units: 0n, cash: 0n, fundingIndex: 0n }, { units: 10n, cash: -1_000n })
    expect(long).toMatchObject({ position: { units: 10n, cash: -1_000n }, realised: 0n })
    // 4 of 10 sold at 120: 480 − 400.
    const less = afterTrade(long.position, { units: -4n, cash: 480n })
    expect(less).toMatchObject({ position: { units: 6n, cash: -600n }, realised: 80n })
    // 9 sold at 90: 6 close at a loss of 60, 3 are short for 270.
    expect(afterTrade(less.position, { units: -9n, cash: 810n })).toMatchObject({
      position: { units: -3n, cash: 270n },
      realised: -60n,
    })
  })

  test('moves units and cash by exactly what was traded', () => {
    const leg = fc.record({ units: fc.bigInt(-1_000n, 1_000n), cash: fc.bigInt(-10_000n, 10_000n) })
    fc.assert(
      fc.property(leg, leg, (first, second) => {
        const start = { ...first, fundingIndex: 0n }
        const { position, realised } = afterTrade(start, second)
        expect(position.units).toBe(first.units + second.units)
        expect(position.cash + realised).toBe(first.cash + second.cash)
        if (position.units === 0n && second.units !== 0n) expect(position.cash).toBe(0n)
      }),
    )
  })
})

describe('a virtual market maker', () => {
  test('trades on x · y = k, rounded against the trader', () => {
    const amm = virtualAmmAt(START.priceE8, START.depth, UNITS)
    expect([amm.base, quoteReserve(amm)]).toEqual([100_000_000n, 10_000_000_000n])
    expect(spotPriceE8(amm, UNITS)).toBe(100n * PRICE_ONE_E8)
    // 10 of 100: 10,000 · 10 / 90 = 1,111.111…
    expect(tradeVirtual(amm, 10_000_000n)).toMatchObject({ leg: { cash: -1_111_111_112n } })
    // 10 sold: 10,000 · 10 / 110 = 909.0909…
    expect(tradeVirtual(amm, -10_000_000n)).toMatchObject({ leg: { cash: 909_090_909n } })
    expect(tradeVirtual(amm, 100_000_000n)).toMatchObject({ reason: 'beyond-reserve' })
  })

  test('gives exactly back what a way there and back cost, by any path', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(-90_000_000n, 60_000_000n), { maxLength: 20 }), (path) => {
        let amm = virtualAmmAt(START.priceE8, START.depth, UNITS)
        let cash = 0n
        for (const units of [...path, null]) {
          const step = tradeVirtual(amm, units ?? amm.base - amm.initialBase)
          if (step.status === 'refused') continue
          amm = step.amm
          cash += step.leg.cash
          expect(virtualCash(amm)).toBe(-cash)
        }
        expect(cash).toBe(0n)
      }),
    )
  })
})

describe('funding', () => {
  test('is the premium, drawn toward the interest by at most the clamp, within the cap', () => {
    const bp = WAD / 10_000n
    // Worked by F = P + clamp(I − P, ±5 bp), I = 1 bp.
    for (const [premium, rate] of [
      [0n, 1n],
      [5n, 1n],
      [-4n, 1n],
      [10n, 5n],
      [-10n, -5n],
      [300n, 200n],
      [-300n, -200n],
    ] as const)
      expect(fundingRate(premium * bp, PUBLISHED_FUNDING)).toBe(rate * bp)
  })

  test('averages the premium by time', () => {
    let state = observed(fundingFrom(0), 101n, 100n, 0)
    state = observed(state, 103n, 100n, 100)
    state = observed(state, 100n, 100n, 400)
    // 1 % for 100 s, 3 % for 300 s.
    expect(state.premiumSeconds).toBe((WAD / 100n) * (100n + 900n))
  })

  test('is paid by the longs, had by the shorts; what they do not pay each other the fund pays or has', () => {
    const house = houseWith()
    for (const owner of ['ada', 'bo']) deposit(house, owner, 1_000n)
    trade(house, 'ada', 6_000_000n)
    trade(house, 'bo', -2_000_000n)
    expect(payFunding(house, 'eth', at(28_799))).toMatchObject({ reason: 'too-early' })
    const before = vaultOf(house)
    const premium = market(house, 'eth').funding.premiumE18
    const paid = payFunding(house, 'eth', at(28_800))
    // 4 net at a rate on an index of 100.
    const rate = fundingRate(premium, PUBLISHED_FUNDING)
    const each = (rate * 100n) / WAD
    expect(paid).toMatchObject({ status: 'ok', rateE18: rate })
    expect(purseOf(house).fund).toBe((4_000_000n * rate * 100n) / WAD)
    expect(each >= 0n && rate > 0n).toBe(true)
    expect(vaultOf(house)).toBe(before)
    const index = market(house, 'eth').funding.index
    const owed = (units: bigint) => fundingOwedUp({ units, cash: 0n, fundingIndex: 0n }, index)
    expect(owed(6_000_000n) + owed(-2_000_000n) - purseOf(house).fund).toBeLessThanOrEqual(2n)
    expect(market(house, 'eth').pot + owed(6_000_000n) + owed(-2_000_000n)).toBeGreaterThanOrEqual(0n)
  })

  test('waits when the fund would have to pay and cannot', () => {
    const house = houseWith()
    deposit(house, 'ada', 1_000n)
    trade(house, 'ada', -6_000_000n)
    // Interest of 1 bp is paid to the short; a premium far below zero is paid by him.
    expect(payFunding(house, 'eth', at(28_800))).toMatchObject({ status: 'ok' })
    const other = houseWith({
      funding: { ...PUBLISHED_FUNDING, interestE18: WAD, clampE18: WAD, capE18: WAD },
    })
    deposit(other, 'ada', 1_000n)
    trade(other, 'ada', -6_000_000n)
    expect(payFunding(other, 'eth', at(28_800))).toMatchObject({ reason: 'fund-short' })
  })
})

describe('a clearing house', () => {
  test('asks for the initial margin to open and lets anyone close', () => {
    const house = houseWith()
    deposit(house, 'ada', 90n)
    // Sold 10 of 100 for 909.09, worth as much when closed: a tenth is 90.91.
    expect(trade(house, 'ada', -10_000_000n)).toMatchObject({ reason: 'margin-short' })
    deposit(house, 'ada', 110n)
    expect(trade(house, 'ada', -10_000_000n)).toMatchObject({ status: 'ok' })
    expect(trade(house, 'ada', 10_000_000n)).toMatchObject({
      status: 'ok',
      account: { margin: 200_000_000n },
    })
  })

  test('keeps isolated margin apart from cross margin', () => {
    const house = houseWith()
    deposit(house, 'ada', 500n, 'btc')
    deposit(house, 'ada', 500n)
    expect(trade(house, 'ada/btc', 1_000_000n)).toMatchObject({ reason: 'wrong-margin' })
    expect(trade(house, 'ada', 1_000_000n)).toMatchObject({ status: 'ok' })
    expect(withdrawMargin(house, 'ada/btc', 500_000_000n, at(1))).toMatchObject({ status: 'ok' })
    expect(withdrawMargin(house, 'ada', 500_000_000n, at(1))).toMatchObject({ reason: 'margin-short' })
    expect(withdrawMargin(house, 'ada', 1n, { atSeconds: 1, indexE8: () => null })).toMatchObject({
      status: 'ok',
    })
  })

  test('closes who falls below the maintenance margin, half the fee to who called, half to the fund', () => {
    const house = houseWith()
    deposit(house, 'ada', 200n)
    deposit(house, 'bo', 2_000n)
    trade(house, 'ada', 10_000_000n)
    expect(liquidatePerpetual(house, 'ada', 'eth', at(1))).toMatchObject({ reason: 'margin-sufficient' })
    trade(house, 'bo', -8_000_000n)
    const vault = vaultOf(house)
    const done = liquidatePerpetual(house, 'ada', 'eth', at(1))
    // Base after bo's sale 98, after ada's 108: closing brings 10^6·(1/98 − 1/108) = 944.82: 33.7 are left of her margin, and
    // 6.25 % of the value are 59.1. Of the cash 1.25 % are 11.81.
    expect(done).toMatchObject({
      status: 'ok',
      units: 10_000_000n,
      badDebt: 0n,
      fromFund: 0n,
      deleveraged: [],
    })
    if (done.status !== 'ok') return
    expect(Number(done.reward) / 1e6).toBeCloseTo(944.822 * 0.00625, 3)
    expect(done.toFund - done.reward).toBeLessThanOrEqual(1n)
    expect(vaultOf(house)).toBe(vault - done.reward)
    // 200 − (1,111.11 − 944.82) − 11.81.
    expect(Number(house.accounts.get('ada')?.margin) / 1e6).toBeCloseTo(
      200 - (1_111.111 - 944.822) - 11.81,
      2,
    )
  })

  /** Ada is long 10 at 100 with a margin of 110; the index falls to 80. */
  function crashed(fund: bigint) {
    const house = houseWith()
    if (fund > 0n) fundHouse(house, fund * 1_000_000n)
    for (const [owner, whole] of [
      ['ada', 110n],
      ['bo', 400n],
      ['cy', 5_000n],
      ['di', 5_000n],
    ] as const)
      deposit(house, owner, whole)
    const order = (
      key: string,
      id: number,
      side: 'buy' | 'sell',
      priceTicks: number,
      lots: bigint,
      priceE8 = 100n,
    ) =>
      placeOrder(
        house,
        key,
        { market: 'btc', id, side, priceTicks, lots, timeInForce: 'good-till-cancelled' },
        at(1, priceE8 * PRICE_ONE_E8),
      )
    order('bo', 1, 'sell', 10_000, 400n)
    order('cy', 2, 'sell', 10_000, 600n)
    expect(order('ada', 3, 'buy', 10_000, 1_000n)).toMatchObject({ filledLots: 1_000n })
    // Di bids for all of it, at 80.
    expect(order('di', 4, 'buy', 8_000, 1_000n, 80n)).toMatchObject({ restingLots: 1_000n })
    const vault = vaultOf(house)
    const done = liquidatePerpetual(house, 'ada', 'btc', at(2, 80n * PRICE_ONE_E8))
    if (done.status !== 'ok') throw new Error(done.reason)
    expect(vaultOf(house)).toBe(vault - done.reward)
    expect(house.accounts.get('ada')).toBeUndefined()
    return { house, done }
  }

  test('lets the fund pay what is lost past the bankruptcy price', () => {
    // Closing 10 at 80 loses 200, of which ada has 110.
    expect(crashed(90n).done).toMatchObject({ fromFund: 90_000_000n, badDebt: 0n, deleveraged: [] })
  })

  test('and closes the other side at the bankruptcy price when the fund cannot', () => {
    const { house, done } = crashed(0n)
    // Bankruptcy at 89: bo, 4 short at a leverage of 320/480, ranks before cy, 6 short with 5,000.
    expect(done).toMatchObject({ fromFund: 0n, badDebt: 0n, reward: 0n })
    expect(done.deleveraged).toEqual([
      // 4 · 89 and 6 · 89, paid by who was short.
      { key: 'bo', units: 4_000_000n, cash: -356_000_000n },
      { key: 'cy', units: 6_000_000n, cash: -534_000_000n },
    ])
    expect(house.accounts.get('bo')).toMatchObject({ margin: 444_000_000n, positions: [] })
    expect(house.accounts.get('cy')).toMatchObject({ margin: 5_066_000_000n, positions: [] })
  })

  test('books as bad debt what nobody is left to pay', () => {
    const house = houseWith()
    for (const [owner, whole] of [
      ['ada', 110n],
      ['bo', 400n],
      ['ed', 80n],
      ['di', 5_000n],
    ] as const)
      deposit(house, owner, whole)
    const order = (key: string, id: number, side: 'buy' | 'sell', whole: bigint) =>
      placeOrder(
        house,
        key,
        {
          market: 'btc',
          id,
          side,
          priceTicks: Number(whole) * 100,
          lots: 1_000n,
          timeInForce: 'good-till-cancelled',
        },
        at(1, whole * PRICE_ONE_E8),
      )
    order('bo', 1, 'sell', 100n)
    order('ada', 2, 'buy', 100n)
    // Bo leaves at 70 to ed, who could not bear ada's bankruptcy price of 89; only di is left, at 60.
    order('ed', 3, 'sell', 70n)
    expect(order('bo', 4, 'buy', 70n)).toMatchObject({ filledLots: 1_000n })
    order('di', 5, 'buy', 60n)
    const vault = vaultOf(house)
    // 110 − 10 · (100 − 60).
    expect(liquidatePerpetual(house, 'ada', 'btc', at(2, 70n * PRICE_ONE_E8))).toMatchObject({
      badDebt: 290_000_000n,
      deleveraged: [],
      reward: 0n,
    })
    expect(purseOf(house)).toEqual({ fund: 0n, badDebt: 290_000_000n })
    expect(vaultOf(house)).toBe(vault)
    fundHouse(house, 290_000_005n)
    expect(purseOf(house)).toEqual({ fund: 5n, badDebt: 0n })
  })

  test('keeps its identity, its sums of units, and no flat account below zero, through any commands', () => {
    const keys = ['ada', 'bo', 'cy', 'ada/eth', 'bo/btc'] as const
    const key = fc.constantFrom(...keys)
    const command = fc.oneof(
      fc.record({ kind: fc.constant('deposit' as const), key, amount: fc.bigInt(1n, 2_000_000_000n) }),
      fc.record({ kind: fc.constant('withdraw' as const), key, amount: fc.bigInt(1n, 500_000_000n) }),
      fc.record({ kind: fc.constant('trade' as const), key, units: fc.bigInt(-30_000_000n, 30_000_000n) }),
      fc.record({
        kind: fc.constant('order' as const),
        key,
        side: fc.constantFrom('buy', 'sell' as const),
        ticks: fc.integer({ min: 8_000, max: 12_000 }),
        lots: fc.bigInt(1n, 900n),
        timeInForce: fc.constantFrom('good-till-cancelled', 'immediate-or-cancel' as const),
      }),
      fc.record({ kind: fc.constant('cancel' as const), key, id: fc.nat(40) }),
      fc.record({ kind: fc.constant('liquidate' as const), key, market: fc.constantFrom('eth', 'btc') }),
      fc.record({ kind: fc.constant('funding' as const), market: fc.constantFrom('eth', 'btc') }),
      fc.record({ kind: fc.constant('fund' as const), amount: fc.bigInt(1n, 50_000_000n) }),
    )
    const step = fc.tuple(command, fc.nat(20_000), fc.bigInt(60n, 140n))
    let liquidations = 0
    fc.assert(
      fc.property(fc.array(step, { minLength: 30, maxLength: 80 }), (steps) => {
        const house = houseWith({ tradeFeeBps: 5n })
        for (const each of keys)
          deposit(house, each.split('/')[0] as string, 300n, each.split('/')[1] ?? null)
        let vault = vaultOf(house)
        let seconds = 0
        let operations = 0n
        steps.forEach(([each, wait, price], id) => {
          seconds += wait
          operations += 1n
          const moment = at(seconds, price * PRICE_ONE_E8)
          switch (each.kind) {
            case 'deposit': {
              const [owner, isolatedIn] = each.key.split('/') as [string, string?]
              const done = depositMargin(house, accountKey(owner, isolatedIn ?? null), {
                owner,
                amount: each.amount,
              })
              if (done.status === 'ok') vault += each.amount
              break
            }
            case 'withdraw':
              if (withdrawMargin(house, each.key, each.amount, moment).status === 'ok') vault -= each.amount
              break
            case 'trade':
              tradePerpetual(house, each.key, { market: 'eth', units: each.units, minCash: null }, moment)
              break
            case 'order':
              placeOrder(
                house,
                each.key,
                {
                  market: 'btc',
                  id,
                  side: each.side,
                  priceTicks: each.ticks,
                  lots: each.lots,
                  timeInForce: each.timeInForce,
                },
                moment,
              )
              break
            case 'cancel':
              cancelOrder(house, each.key, { market: 'btc', id: each.id })
              break
            case 'liquidate': {
              const done = liquidatePerpetual(house, each.key, each.market, moment)
              if (done.status !== 'ok') break
              liquidations += 1
              vault -= done.reward
              break
            }
            case 'funding':
              payFunding(house, each.market, moment)
              break
            case 'fund':
              fundHouse(house, each.amount)
              vault += each.amount
              break
          }
          expect(vaultOf(house)).toBe(vault)
          const { fund, badDebt } = purseOf(house)
          expect(fund >= 0n && badDebt >= 0n).toBe(true)
          for (const name of ['eth', 'btc']) {
            const { amm, funding, netUnits, pot } = market(house, name)
            let units = 0n
            let owed = pot
            for (const [, account] of house.accounts.entries())
              for (const [held, position] of account.positions) {
                if (held !== name) continue
                units += position.units
                owed += fundingOwedUp(position, funding.index)
              }
            expect(units).toBe(netUnits)
            expect(units + (amm === null ? 0n : amm.base - amm.initialBase)).toBe(0n)
            // Every rounding stays in the pot: at most a unit for each position at each payment.
            expect(owed >= 0n && owed <= 10n * operations).toBe(true)
          }
          for (const [, account] of house.accounts.entries())
            if (account.positions.length === 0) expect(account.margin >= 0n).toBe(true)
        })
      }),
      { numRuns: 150, endOnFailure: true },
    )
    expect(liquidations).toBeGreaterThan(0)
  })

  test('names impossible and dubious rules', () => {
    expect(perpetualFaults(virtualRules)).toEqual([])
    expect(perpetualFaults({ ...bookRules, maintenanceMarginBps: 1_000n })).toHaveLength(1)
    expect(
      perpetualFaults({ ...bookRules, venue: { kind: 'order-book', lotUnits: 0n, tickCash: 1n } }),
    ).toHaveLength(1)
    expect(perpetualFaults({ ...virtualRules, liquidationFeeBps: 700n })).toMatchObject([
      { severity: 'dubious' },
    ])
    expect(valueAt(-1n, 1n, UNITS)).toBe(-1n)
  })
})
