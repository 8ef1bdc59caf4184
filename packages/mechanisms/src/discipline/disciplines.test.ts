import { describe, expect, test } from 'vitest'
import {
  BestOfferBenchmark,
  BondRegister,
  createMechanism,
  DenyList,
  deterringBond,
  FadeBreaker,
  Reputation,
  underDisciplines,
  unpunishedFades,
} from '../index.ts'
import { lot, offer } from '../round.testing.ts'

const HOUR = 3_600
const DAY = 86_400
const settled = (bidder: string, dueSeconds: number, isFaded: boolean) => ({
  lot: 'lot',
  bidder,
  isFaded,
  amount: 1_000n,
  dueSeconds,
})

describe('the fade breaker', () => {
  /** So many orders in the hour before `at`, of which the first ones fade. */
  const history = (breaker: FadeBreaker, at: number, orders: number, fades: number) => {
    for (let i = 0; i < orders; i++) breaker.record(settled('a', at - orders + i, i < fades))
  }

  test('benches above 12 % of the smoothed rate for 15 minutes, and twice as long the next time', () => {
    const breaker = new FadeBreaker()
    // (3 + 1)/(10 + 20) = 13.3 %.
    history(breaker, 10 * DAY, 10, 3)
    breaker.run(10 * DAY)
    expect(breaker.standing('a')).toEqual({ blockedUntil: 10 * DAY + 900, doublings: 1, cleanRuns: 0 })
    expect([breaker.admits('a', 10 * DAY + 899), breaker.admits('a', 10 * DAY + 900)]).toEqual([false, true])
    expect(breaker.admits('b', 10 * DAY)).toBe(true)
    history(breaker, 10 * DAY + 2_000, 10, 3)
    breaker.run(10 * DAY + 2_000)
    expect(breaker.standing('a').blockedUntil).toBe(10 * DAY + 2_000 + 1_800)
  })

  test('never sees a filler that stays within the envelope, about 0.12 n + 1.4 fades a day', () => {
    expect([0, 15, 100].map(unpunishedFades)).toEqual([1, 3, 13])
    for (const orders of [5, 15, 60]) {
      const breaker = new FadeBreaker()
      history(breaker, 10 * DAY, orders, unpunishedFades(orders))
      breaker.run(10 * DAY)
      expect(breaker.standing('a').blockedUntil).toBe(0)
      breaker.record(settled('a', 10 * DAY, true))
      breaker.run(10 * DAY + 1)
      // One fade more: 0.12 (n + 21) − 1 < fades + 1.
      expect(breaker.standing('a').blockedUntil).toBe(10 * DAY + 1 + 900)
    }
  })

  test('extends the bench for fades that fall into it, and keeps to the last 24 hours', () => {
    const breaker = new FadeBreaker()
    history(breaker, 10 * DAY, 10, 3)
    breaker.run(10 * DAY)
    for (let i = 1; i <= 4; i++) breaker.record(settled('a', 10 * DAY + i, true))
    breaker.run(10 * DAY + 600)
    expect(breaker.standing('a')).toEqual({
      blockedUntil: 10 * DAY + 900 + 1_800,
      doublings: 2,
      cleanRuns: 0,
    })
    breaker.run(12 * DAY)
    expect(breaker.standing('a').blockedUntil).toBe(10 * DAY + 900 + 1_800)
  })

  test('forgives one doubling after six clean runs with new fills, and none while idle', () => {
    const breaker = new FadeBreaker()
    history(breaker, 10 * DAY, 10, 3)
    breaker.run(10 * DAY)
    let now = 11 * DAY + 3 * HOUR
    breaker.run(now)
    expect(breaker.standing('a').cleanRuns).toBe(0)
    for (let run = 0; run < 6; run++) {
      // Fill data loads two hours late.
      breaker.record(settled('a', now - 2 * HOUR + 300, false))
      now += 600
      breaker.run(now)
    }
    expect(breaker.standing('a')).toMatchObject({ doublings: 0, cleanRuns: 0 })
  })
})

describe('bonds', () => {
  test('pay the user for a fade until too little is left to bid', () => {
    const bonds = new BondRegister({ least: 50n, slashBps: 500 }, new Map([['a', 100n]]))
    expect(bonds.admits('a')).toBe(true)
    expect(bonds.admits('nobody')).toBe(false)
    expect(bonds.record(settled('a', 0, false))).toEqual([])
    const slash = { from: 'a', to: 'user of lot', why: 'slash' }
    expect(bonds.record(settled('a', 0, true))).toEqual([{ ...slash, amount: 50n }])
    expect([bonds.bondOf('a'), bonds.admits('a')]).toEqual([50n, true])
    expect(bonds.slash('a', 70n, 'user of lot')).toEqual([{ ...slash, amount: 50n }])
    expect([bonds.slash('a', 1n, 'x'), bonds.admits('a')]).toEqual([[], false])
  })

  test('deter when they are the gain over the chance of being found', () => {
    expect(deterringBond(100n, 250_000)).toBe(400n)
    expect(deterringBond(100n, 999_999)).toBe(101n)
    expect(deterringBond(100n, 0)).toBeNull()
  })
})

describe('the best-offer benchmark', () => {
  // CoW: 72 h to challenge, 72 h to pay.
  const terms = {
    challengeSeconds: 72 * HOUR,
    reimburseSeconds: 72 * HOUR,
    toleranceBps: 10,
    denySeconds: DAY,
  }
  const set = () => {
    const bonds = new BondRegister({ least: 0n, slashBps: 0 }, new Map([['a', 1_000n]]))
    const denied = new DenyList()
    const benchmark = new BestOfferBenchmark(terms, bonds, denied)
    benchmark.deliver('lot', 'a', 980n, 0)
    return { bonds, denied, benchmark }
  }

  test('refuses challenges that are late, repeated or within the tolerance', () => {
    const { benchmark } = set()
    expect(benchmark.challenge('none', 1n, 0)).toEqual({ status: 'refused', reason: 'no-award' })
    // 980 · 10000/9990 = 980.98: a benchmark of 980 is met, 981 · 0.999 floors to 980 and is met too, 982 is not.
    expect(benchmark.challenge('lot', 981n, 0)).toEqual({ status: 'refused', reason: 'within-benchmark' })
    expect(benchmark.challenge('lot', 1_000n, 72 * HOUR + 1)).toEqual({
      status: 'refused',
      reason: 'too-late',
    })
    expect(benchmark.challenge('lot', 1_000n, 72 * HOUR)).toMatchObject({ status: 'owed', shortfall: 20n })
    expect(benchmark.challenge('lot', 1_000n, 72 * HOUR)).toMatchObject({ reason: 'challenged-before' })
  })

  test('slashes and denies whoever does not pay in time, and nobody who does', () => {
    const paying = set()
    paying.benchmark.challenge('lot', 1_000n, 0)
    expect(paying.benchmark.reimburse('lot')).toBe(true)
    expect(paying.benchmark.enforce(10 * DAY)).toEqual([])
    const owing = set()
    owing.benchmark.challenge('lot', 1_000n, 0)
    expect(owing.benchmark.enforce(72 * HOUR)).toEqual([])
    expect(owing.benchmark.enforce(72 * HOUR + 1)).toEqual([
      { from: 'a', to: 'user of lot', amount: 20n, why: 'slash' },
    ])
    expect(owing.bonds.bondOf('a')).toBe(980n)
    expect([owing.denied.admits('a', 72 * HOUR + 1), owing.denied.admits('a', 96 * HOUR + 2)]).toEqual([
      false,
      true,
    ])
    expect(owing.benchmark.enforce(10 * DAY)).toEqual([])
  })
})

describe('reputation', () => {
  test('pauses after five failures in a row, longer after a failed test, and begins anew after five passed ones', () => {
    const reputation = new Reputation()
    for (let i = 0; i < 4; i++) reputation.record(settled('a', 100, true))
    expect(reputation.admits('a', 100)).toBe(true)
    reputation.record(settled('a', 100, true))
    expect([reputation.admits('a', 129), reputation.admits('a', 130)]).toEqual([false, true])
    reputation.record(settled('a', 200, true))
    expect([reputation.admits('a', 259), reputation.admits('a', 260)]).toEqual([false, true])
    for (let i = 0; i < 5; i++) reputation.record(settled('a', 300, false))
    reputation.record(settled('a', 400, true))
    expect(reputation.admits('a', 400)).toBe(true)
    // Its record began anew: one fade, (1 + 1)/(1 + 20).
    expect(reputation.reliabilityPpm('a')).toBe(904_761)
    expect(reputation.reliabilityPpm('b')).toBe(950_000)
  })

  test('pauses below a fifth of successes in thirty', () => {
    const reputation = new Reputation()
    // One success in six, never five failures in a row.
    for (let i = 0; i < 29; i++) reputation.record(settled('a', i, i % 5 !== 4))
    expect(reputation.admits('a', 29)).toBe(true)
    reputation.record(settled('a', 29, true))
    // Five of thirty kept: 1 − (25 + 1)/(30 + 20).
    expect(reputation.reliabilityPpm('a')).toBe(480_000)
    expect(reputation.admits('a', 30)).toBe(false)
  })
})

test('disciplines around a mechanism turn away whoever one of them does not admit', () => {
  const denied = new DenyList()
  denied.deny('best', 100)
  const rule = createMechanism({ rule: 'first-price' })
  const round = { lots: [lot()], offers: [offer('best', 120n), offer('next', 110n)] }
  const winner = (now: number) => underDisciplines(rule, [denied], now).clear(round).awards[0]?.offer.bidder
  expect([winner(100), winner(101)]).toEqual(['next', 'best'])
  expect(underDisciplines(rule, [denied], 0).clear(round).dropped[0]?.reason).toBe('not-admitted')
})
