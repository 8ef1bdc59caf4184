import { WAD } from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  afterPrice,
  BREAKER_AT_REST,
  type BreakerRules,
  type BreakerState,
  breakerFaults,
  isHalted,
} from './circuit-breaker.ts'
import { afterReturn, type DynamicMarginRules, dynamicMarginFaults, marginBpsUp } from './dynamic-margin.ts'

/** 10 % within five minutes halts for a quarter of an hour. */
const breaker: BreakerRules = { moveBps: 1_000n, windowSeconds: 300, haltSeconds: 900 }
const play = (...seen: readonly (readonly [at: number, priceE8: bigint])[]): BreakerState =>
  seen.reduce((state, [at, price]) => afterPrice(state, price, at, breaker), BREAKER_AT_REST)

describe('a circuit breaker', () => {
  test('halts at the move, either way, and not a unit before it', () => {
    expect(play([0, 1_000n], [10, 901n]).halts).toBe(0)
    for (const price of [900n, 1_100n]) {
      const halted = play([0, 1_000n], [10, price])
      expect(halted.halts).toBe(1)
      expect([isHalted(halted, 909), isHalted(halted, 910)]).toEqual([true, false])
    }
  })

  test('measures from the first price of a window, and anew after a halt', () => {
    // A slow fall is none: a new reference after each window.
    expect(play([0, 1_000n], [299, 950n], [300, 940n], [599, 870n], [600, 850n]).halts).toBe(0)
    expect(play([0, 1_000n], [10, 800n], [500, 100n], [910, 100n], [920, 95n]).halts).toBe(1)
    expect(play([0, 1_000n], [10, 800n], [910, 100n], [920, 90n]).halts).toBe(2)
  })

  test('never lets two prices of one window through that are further apart than the move', () => {
    const seen = fc.array(fc.tuple(fc.nat(200), fc.bigInt(500n, 1_500n)), { maxLength: 40 })
    fc.assert(
      fc.property(seen, (steps) => {
        let state = BREAKER_AT_REST
        let now = 0
        for (const [wait, price] of steps) {
          now += wait
          const before = state
          state = afterPrice(state, price, now, breaker)
          if (isHalted(before, now)) expect(state).toBe(before)
          else if (state.reference !== null) {
            const { priceE8, since } = state.reference
            expect(now - since < breaker.windowSeconds).toBe(true)
            expect((price > priceE8 ? price - priceE8 : priceE8 - price) * 10n < priceE8).toBe(true)
          }
        }
      }),
    )
  })

  test('names impossible rules', () => {
    expect(breakerFaults(breaker)).toEqual([])
    expect(breakerFaults({ moveBps: 0n, windowSeconds: 0, haltSeconds: 0 })).toHaveLength(3)
  })
})

const margin: DynamicMarginRules = {
  decayBps: 9_400n,
  deviationsE2: 233n,
  horizon: 1n,
  floorBps: 500n,
  capBps: 5_000n,
}

describe('dynamic margin', () => {
  test('weighs returns as RiskMetrics does', () => {
    // From nothing, a return of 10 %: 0.06 · 0.01; then none: times 0.94.
    const first = afterReturn({ priceE8: 100n, varianceE18: 0n }, 110n, margin)
    expect(first.varianceE18).toBe((WAD * 6n) / 10_000n)
    expect(afterReturn(first, 110n, margin).varianceE18).toBe((WAD * 564n) / 1_000_000n)
    // √0.0006 = 2.449 %, times 2.33 is 5.708 %.
    expect(marginBpsUp(first, margin)).toBe(571n)
    // Over four intervals twice as much.
    expect(marginBpsUp(first, { ...margin, horizon: 4n })).toBe(1_142n)
  })

  test('stays between floor and cap, and rises with the size of the move', () => {
    const price = fc.bigInt(1n, 10n ** 6n)
    fc.assert(
      fc.property(price, price, (a, b) => {
        const start = { priceE8: 10n ** 6n, varianceE18: WAD / 1_000n }
        const [far, near] = a < b ? [a, b] : [b, a]
        const wide = marginBpsUp(afterReturn(start, far, margin), margin)
        expect(wide >= marginBpsUp(afterReturn(start, near, margin), margin)).toBe(true)
        expect(wide >= margin.floorBps && wide <= margin.capBps).toBe(true)
      }),
    )
  })

  test('names impossible and dubious rules', () => {
    expect(dynamicMarginFaults(margin)).toEqual([])
    expect(dynamicMarginFaults({ ...margin, decayBps: 10_000n, horizon: 0n, floorBps: 6_000n })).toHaveLength(
      3,
    )
    expect(dynamicMarginFaults({ ...margin, floorBps: 5_000n })).toMatchObject([{ severity: 'dubious' }])
  })
})
