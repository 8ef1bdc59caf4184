import { PRICE_ONE_E8 } from '@solvent/primitives'
import { fixture } from '@solvent/primitives/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { optionValue } from './black-scholes.ts'
import { hedgingFeedback, shortOptionHedge } from './hedging-feedback.ts'
import {
  type DeskRules,
  deskFaults,
  EMPTY_DESK,
  exerciseOption,
  fundDesk,
  type OptionDesk,
  premiumUp,
  type Series,
  sellOption,
  seriesKey,
  settleSeries,
} from './option-desk.ts'

describe('Black–Scholes', () => {
  test('gives Hull’s numbers', () => {
    // Hull, example 15.6: 4.76 and 0.81.
    const terms = { spot: 42, strike: 40, volatility: 0.2, years: 0.5, rate: 0.1 }
    expect(optionValue({ ...terms, kind: 'call' }).price).toBeCloseTo(4.76, 2)
    expect(optionValue({ ...terms, kind: 'put' }).price).toBeCloseTo(0.81, 2)
    // Hull, examples 19.1, 19.4 and 19.6: delta 0.522, gamma 0.066, vega 12.1, price 2.40.
    const call = optionValue({
      kind: 'call',
      spot: 49,
      strike: 50,
      volatility: 0.2,
      years: 0.3846,
      rate: 0.05,
    })
    expect(call.price).toBeCloseTo(2.4, 2)
    expect(call.delta).toBeCloseTo(0.522, 3)
    expect(call.gamma).toBeCloseTo(0.066, 3)
    expect(call.vega).toBeCloseTo(12.1, 1)
  })

  test('keeps put–call parity, and its greeks are its slopes', () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
    const terms = fc.record({
      spot: number(50, 200),
      strike: number(50, 200),
      volatility: number(0.1, 1.5),
      years: number(0.05, 2),
      rate: number(0, 0.1),
    })
    fc.assert(
      fc.property(terms, (each) => {
        const call = optionValue({ ...each, kind: 'call' })
        const put = optionValue({ ...each, kind: 'put' })
        const forward = each.spot - each.strike * Math.exp(-each.rate * each.years)
        expect(call.price - put.price).toBeCloseTo(forward, 8)
        const h = 1e-4 * each.spot
        const at = (spot: number) => optionValue({ ...each, kind: 'call', spot })
        expect((at(each.spot + h).price - at(each.spot - h).price) / (2 * h)).toBeCloseTo(call.delta, 5)
        expect((at(each.spot + h).delta - at(each.spot - h).delta) / (2 * h)).toBeCloseTo(call.gamma, 5)
        const moved = (v: number) => optionValue({ ...each, kind: 'call', volatility: each.volatility + v })
        expect((moved(1e-5).delta - moved(-1e-5).delta) / 2e-5).toBeCloseTo(call.vanna, 4)
      }),
    )
  })

  test('is the payoff once it has expired', () => {
    const terms = { spot: 90, strike: 100, volatility: 0.5, years: 0, rate: 0 }
    expect(optionValue({ ...terms, kind: 'put' })).toMatchObject({ price: 10, delta: -1, gamma: 0 })
    expect(optionValue({ ...terms, kind: 'call' })).toMatchObject({ price: 0, delta: 0 })
  })
})

interface GammaCase {
  readonly input: {
    readonly shock: number
    readonly impactPerUnit: number
    readonly shortGammaUnitsPerPrice: number
    readonly circuitBreakerMove: number | null
    readonly rounds: number
  }
  readonly expected: { readonly cumulativeMove: readonly number[]; readonly haltedAtRound: number | null }
}

describe('hedging', () => {
  test('reproduces fs-gamma-01: short gamma amplifies, long gamma damps, a breaker halts', () => {
    const file = fixture<{ readonly cases: readonly GammaCase[] }>('contagion/fs-gamma-01.json')
    if (file === null) return
    const { cases } = file
    expect(cases.length).toBeGreaterThan(3)
    for (const { input, expected } of cases) {
      const run = hedgingFeedback({
        price: 0,
        volatility: 0.5,
        shock: input.shock,
        impactPerUnit: input.impactPerUnit,
        volatilityPerMove: 0,
        breakerMove: input.circuitBreakerMove,
        rounds: input.rounds,
        hedgers: [(price) => input.shortGammaUnitsPerPrice * price],
      })
      expect(run.haltedAtRound).toBe(expected.haltedAtRound)
      expect(run.cumulativeMove).toHaveLength(expected.cumulativeMove.length)
      for (const [i, move] of expected.cumulativeMove.entries())
        expect(run.cumulativeMove[i] as number).toBeCloseTo(move, 10)
    }
  })

  test('of options is that of their gamma for small moves, and of their vanna when volatility moves', () => {
    const terms = { kind: 'call', strike: 100, years: 0.1, rate: 0 } as const
    const { gamma, vanna } = optionValue({ ...terms, spot: 100, volatility: 0.8 })
    const sold = 1_000
    const impactPerUnit = 0.4 / (sold * gamma)
    const base = { price: 100, volatility: 0.8, impactPerUnit, breakerMove: null, rounds: 60 }
    const hedgers = [shortOptionHedge(sold, terms)]
    const shock = -0.001
    const still = hedgingFeedback({ ...base, shock, volatilityPerMove: 0, hedgers }).cumulativeMove.at(-1)
    // shock / (1 − 0.4)
    expect((still as number) / shock).toBeCloseTo(1 / 0.6, 3)
    // Volatility that moves with the price by β adds λ·n·vanna·β to the gain: here a tenth, so that the gain is a half.
    const volatilityPerMove = (0.25 * gamma) / vanna
    const moved = hedgingFeedback({ ...base, shock, volatilityPerMove, hedgers }).cumulativeMove.at(-1)
    expect((moved as number) / shock).toBeCloseTo(2, 2)
  })
})

const rules: DeskRules = {
  baseUnit: 1_000_000n,
  quoteUnit: 1_000_000n,
  spreadBps: 100n,
  callReserveBps: 20_000n,
  rate: 0,
}
const put: Series = { kind: 'put', strikeE8: 100n * PRICE_ONE_E8, expiry: 1_000 }
const call: Series = { ...put, kind: 'call' }

describe('an option desk', () => {
  test('quotes the model’s price and its spread, rounded up', () => {
    // At the money, a volatility of 80 % for a tenth of a year: 100·(2Φ(0.8·√0.1/2) − 1) = 10.0695…
    const series = { ...put, expiry: 3_153_600 }
    const quote = premiumUp(
      series,
      1_000_000n,
      { spotE8: 100n * PRICE_ONE_E8, volatility: 0.8, now: 0 },
      rules,
    )
    const { price } = optionValue({
      kind: 'put',
      spot: 100,
      strike: 100,
      volatility: 0.8,
      years: 0.1,
      rate: 0,
    })
    expect(price).toBeCloseTo(10.07, 2)
    expect(Number(quote)).toBe(Math.ceil(price * 1.01 * 1e6))
    expect(premiumUp(series, 1n, { spotE8: 100n * PRICE_ONE_E8, volatility: 0.8, now: 0 }, rules)).toBe(11n)
  })

  function sold(desk: OptionDesk, series: Series, holder: string, units: bigint, premium = 0n): OptionDesk {
    const done = sellOption(desk, series, { holder, units, premium, now: 0 }, rules)
    if (done.status === 'refused') throw new Error(done.reason)
    return done.desk
  }

  test('sells no more than it could pay', () => {
    const desk = fundDesk(EMPTY_DESK, 150_000_000n)
    const one = sold(desk, put, 'ada', 1_000_000n, 5_000_000n)
    expect(one).toMatchObject({ cash: 155_000_000n, reserved: 100_000_000n })
    const more = { holder: 'bo', units: 1_000_000n, premium: 5_000_000n, now: 0 }
    expect(sellOption(one, put, more, rules)).toMatchObject({ reason: 'over-capacity' })
    expect(sellOption(one, put, { ...more, units: 0n }, rules)).toMatchObject({ reason: 'zero-units' })
    expect(sellOption(one, put, { ...more, now: 1_000 }, rules)).toMatchObject({ reason: 'expired' })
  })

  test('pays the difference at expiry, and pro rata what was reserved when that is less', () => {
    let desk = fundDesk(EMPTY_DESK, 600_000_000n)
    desk = sold(sold(desk, call, 'ada', 1_000_000n), call, 'bo', 2_000_000n)
    const key = seriesKey(call)
    expect(settleSeries(desk, key, { priceE8: 400n * PRICE_ONE_E8, now: 999 }, rules)).toMatchObject({
      reason: 'not-expired',
    })
    expect(settleSeries(desk, key, { priceE8: null, now: 1_000 }, rules)).toMatchObject({
      reason: 'no-price',
    })
    const done = settleSeries(desk, key, { priceE8: 400n * PRICE_ONE_E8, now: 1_000 }, rules)
    // Three calls at 400 owe 900; reserved are twice the strike each.
    expect(done).toMatchObject({ status: 'ok', owed: 900_000_000n, due: 600_000_000n })
    if (done.status === 'refused') return
    expect(settleSeries(done.desk, key, { priceE8: 1n, now: 1_000 }, rules)).toMatchObject({
      reason: 'already-settled',
    })
    const ada = exerciseOption(done.desk, key, 'ada')
    expect(ada).toMatchObject({ paid: 200_000_000n })
    if (ada.status === 'refused') return
    expect(exerciseOption(ada.desk, key, 'ada')).toMatchObject({ reason: 'nothing-held' })
    expect(exerciseOption(ada.desk, key, 'bo')).toMatchObject({
      paid: 400_000_000n,
      desk: { cash: 0n, due: 0n, reserved: 0n },
    })
  })

  test('keeps cash at what came in less what was paid, and always enough for what it reserves and owes', () => {
    const sale = fc.record({
      holder: fc.constantFrom('ada', 'bo', 'cy'),
      kind: fc.constantFrom('put', 'call' as const),
      units: fc.bigInt(1n, 3_000_000n),
      premium: fc.bigInt(0n, 20_000_000n),
    })
    fc.assert(
      fc.property(fc.array(sale, { maxLength: 12 }), fc.bigInt(1n, 500n), (sales, price) => {
        let desk = fundDesk(EMPTY_DESK, 1_000_000_000n)
        let cash = desk.cash
        for (const { kind, ...each } of sales) {
          const done = sellOption(desk, kind === 'put' ? put : call, { ...each, now: 0 }, rules)
          if (done.status === 'refused') continue
          desk = done.desk
          cash += each.premium
        }
        for (const series of [put, call]) {
          const key = seriesKey(series)
          const done = settleSeries(desk, key, { priceE8: price * PRICE_ONE_E8, now: 1_000 }, rules)
          if (done.status === 'refused') continue
          desk = done.desk
          for (const holder of ['ada', 'bo', 'cy']) {
            const paid = exerciseOption(desk, key, holder)
            if (paid.status === 'refused') continue
            desk = paid.desk
            cash -= paid.paid
            expect(desk.reserved + desk.due <= desk.cash).toBe(true)
          }
        }
        expect(desk).toMatchObject({ cash, due: 0n, reserved: 0n })
      }),
    )
  })

  test('names impossible and dubious rules', () => {
    expect(deskFaults(rules)).toEqual([])
    expect(deskFaults({ ...rules, baseUnit: 0n, callReserveBps: 0n })).toHaveLength(2)
    expect(deskFaults({ ...rules, callReserveBps: 5_000n })).toMatchObject([{ severity: 'dubious' }])
  })
})
