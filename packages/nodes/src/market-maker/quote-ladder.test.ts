import { describe, expect, it } from 'vitest'
import { ladder, lossBps, type MakerRules, RecentMoves } from './quote-ladder.ts'

const ETHER = 10n ** 18n
/** 2,000 USDC (6 decimals) for one ETH (18). */
const price = { numerator: 2_000n * 10n ** 6n, denominator: ETHER }
const times = (percent: bigint) => ({ numerator: price.numerator * percent, denominator: ETHER * 100n })
/** A hundredth of an ETH, and a tenth of a USDC for a whole one: 1,000 base units for a lot. */
const book = { lotSize: ETHER / 100n, tickSize: 1_000n }
const rules: MakerRules = {
  halfSpreadBps: 10,
  stepBps: 10,
  levels: 2,
  lotsPerLevel: 300n,
  widening: 1,
  standsAsideAboveBps: null,
  leavesAtLossBps: null,
  requoteBps: 5,
}
const money = { amount0: 100n * ETHER, amount1: 200_000n * 10n ** 6n }

describe('the orders of a market maker', () => {
  it('stand around the outside price, level by level', () => {
    // 2,000 · (1 ± 0.001) and (1 ± 0.002), in tenths.
    const orders = ladder(rules, book, { price, deviationBps: 0, money })
    expect(orders.map(({ side, priceTicks, lots }) => [side, priceTicks, lots])).toEqual([
      ['sell', 20_020, 300n],
      ['buy', 19_980, 300n],
      ['sell', 20_040, 300n],
      ['buy', 19_960, 300n],
    ])
  })

  it('are wider by the deviation of the price', () => {
    const [ask, bid] = ladder({ ...rules, widening: 2 }, book, { price, deviationBps: 20, money })
    // 10 + 2 · 20 basis points.
    expect([ask?.priceTicks, bid?.priceTicks]).toEqual([20_100, 19_900])
  })

  it('go as far as the money goes, and never cost more than there is', () => {
    const poor = { amount0: 4n * ETHER, amount1: 7_000n * 10n ** 6n }
    const orders = ladder(rules, book, { price, deviationBps: 0, money: poor })
    const sold = orders.filter(({ side }) => side === 'sell').map(({ lots }) => lots)
    // 4 ETH are 400 lots; 300 lots at 19.98 cost 5,994, and 1,006 buy 50 at 19.96.
    expect(sold).toEqual([300n, 100n])
    const bids = orders.filter(({ side }) => side === 'buy')
    expect(bids.map(({ lots }) => lots)).toEqual([300n, 50n])
  })
})

describe('what a market maker has lost', () => {
  it('is counted against holding what it began with, at the price of now', () => {
    // Sold 10 ETH at 2,000 that are now worth 2,100: 1,000 of 410,000.
    const now = { amount0: 90n * ETHER, amount1: 220_000n * 10n ** 6n }
    expect(lossBps(money, now, times(105n))).toBeCloseTo((1_000 / 410_000) * 10_000, 1)
    expect(lossBps(money, money, times(50n))).toBe(0)
  })
})

describe('recent moves', () => {
  it('weigh squares of returns at 0.94, as RiskMetrics does', () => {
    const moves = new RecentMoves()
    for (const percent of [100n, 101n, 101n]) moves.seen(times(percent))
    // √(0.94 · 0.06 · 0.01²) in basis points.
    expect(moves.deviationBps).toBeCloseTo(Math.sqrt(0.94 * 0.06) * 100, 6)
  })
})
