import { createStreams } from '@solvent/kernel'
import { describe, expect, it } from 'vitest'
import { criticalPatience } from './critical-patience.ts'
import { holdersCompetitiveBid, NONE, requiredFromOthers, VALUE, winnerOf } from './ring-auction.ts'
import type { RingStudy } from './ring-study.ts'

const PAIR: RingStudy = {
  members: 2,
  share: 'split',
  marginBps: 100,
  lagOrders: 1,
  breakUp: 0,
  exclusivity: { share: 0, overrideBps: 0 },
  plays: 1_500,
  orders: 40,
}

const critical = (change: Partial<RingStudy>) =>
  criticalPatience({ ...PAIR, ...change }, createStreams(1).stream('ring')).criticalDiscount

/** Twice the error of 1,500 coins, seen in δ. */
const BY_COIN = 0.03

describe('the patience that play needs is that of the closed form', () => {
  // Friedman 1971: 1 − 1/n; lag: (1 − 1/n)^(1/L); break-up: (1 − 1/n)/(1 − p).
  it.each([
    ['two that split', {}, 1 / 2],
    ['four that split', { members: 4 }, 3 / 4],
    ['two, answered after five orders', { lagOrders: 5 }, 0.5 ** (1 / 5)],
    ['two, and one ring in five ends', { breakUp: 0.2 }, 0.5 / 0.8],
    // (n − 1)/(n − x)
    ['two, half of the orders held strictly', { exclusivity: { share: 0.5, overrideBps: 0 } }, 1 / 1.5],
    // b = 0.1: z = 2 · 0.9/0.95, z/(1 + z).
    ['two, half held with an override of a tenth', { exclusivity: { share: 0.5, overrideBps: 10 } }, 0.6545],
    // b = 0.8: (n − 1)/(n − xb).
    ['two, half held with one of eight tenths', { exclusivity: { share: 0.5, overrideBps: 80 } }, 1 / 1.6],
  ] satisfies [string, Partial<RingStudy>, number][])('%s', (_, change, closed) => {
    expect(Math.abs(critical(change) - closed)).toBeLessThan(BY_COIN)
  })

  it('to the tick where no coin is tossed: turns of two and of three', () => {
    expect(critical({ share: 'rotation', plays: 1 })).toBeCloseTo(0.618034, 3)
    expect(critical({ share: 'rotation', members: 3, plays: 1 })).toBeCloseTo(0.754878, 3)
  })

  it('is 1 where the ring ends before an answer can hurt, and 0 where nobody can depart', () => {
    expect(critical({ breakUp: 0.6, plays: 200 })).toBe(1)
    expect(critical({ exclusivity: { share: 1, overrideBps: 0 }, plays: 20 })).toBe(0)
  })
})

describe('an order that is held', () => {
  const rules = { limit: 990_000, overrideBps: 50 }
  const held = { holder: 0, turn: 0 }

  // 990,000 · 1.005 = 994,950.
  it('goes to another only for the override', () => {
    expect(requiredFromOthers(990_000, 50)).toBe(994_950)
    expect(winnerOf(Int32Array.of(990_000, 994_949), held, rules, 0.9)).toBe(0)
    expect(winnerOf(Int32Array.of(990_000, 994_950), held, rules, 0)).toBe(1)
    expect(winnerOf(Int32Array.of(990_000, VALUE), held, { ...rules, overrideBps: 0 }, 0)).toBe(0)
  })

  it('goes to the best other bid, or to nobody, when its holder is silent', () => {
    expect(winnerOf(Int32Array.of(NONE, 990_000), held, rules, 0)).toBe(1)
    expect(winnerOf(Int32Array.of(NONE, 989_999), held, rules, 0)).toBe(-1)
  })

  it('is bid for in competition so that no other can gain, and by no more', () => {
    const bid = holdersCompetitiveBid(rules)
    expect(requiredFromOthers(bid, 50)).toBeGreaterThan(VALUE)
    expect(requiredFromOthers(bid - 1, 50)).toBeLessThanOrEqual(VALUE)
  })
})

it('equal bids are decided by the coin', () => {
  const open = { holder: -1, turn: 0 }
  const rules = { limit: 990_000, overrideBps: 0 }
  const won = [0, 0.4, 0.99, 1].map((coin) =>
    winnerOf(Int32Array.of(990_001, 990_001, 990_000), open, rules, coin),
  )
  expect(won).toEqual([0, 0, 1, 1])
})
