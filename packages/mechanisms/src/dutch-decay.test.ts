import { asAddress } from '@solvent/primitives'
import { fixture } from '@solvent/primitives/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dutchDecay, firstAtOrBelow, requiredUnderExclusivity } from './index.ts'

interface DutchDecayFixture {
  readonly decay: readonly { start: string; end: string; t0: number; t1: number; t: number; amount: string }[]
  readonly exclusivity: readonly {
    amount: string
    filler: string
    exclusive: string | null
    end: number
    overrideBps: number
    t: number
    required: string
  }[]
}

const solver = (name: string) => asAddress(`0x${(name === 'A' ? 'a' : 'b').repeat(40)}`)
const reference = fixture<DutchDecayFixture>('collusion/dutch-decay.json')

describe('dutch decay', () => {
  test.skipIf(reference === null)('agrees with UniswapX DutchDecayLib (fixture dutch-decay)', () => {
    expect(reference?.decay.length).toBeGreaterThan(0)
    for (const { start, end, t0, t1, t, amount } of reference?.decay ?? []) {
      const schedule = { startAmount: BigInt(start), endAmount: BigInt(end), decayStart: t0, decayEnd: t1 }
      expect(dutchDecay(schedule, t)).toBe(BigInt(amount))
    }
  })

  test('is a straight line where the division is exact', () => {
    // Closed form: 1000 − (1000 − 900) · 37 / 100.
    const falling = { startAmount: 1000n, endAmount: 900n, decayStart: 100, decayEnd: 200 }
    expect([0, 100, 137, 200, 999].map((now) => dutchDecay(falling, now))).toEqual([
      1000n,
      1000n,
      963n,
      900n,
      900n,
    ])
    // Rising (an input): 900 + 100 · 3 / 4.
    expect(dutchDecay({ startAmount: 900n, endAmount: 1000n, decayStart: 0, decayEnd: 4 }, 3)).toBe(975n)
  })

  test('jumps at once when it starts and ends in the same second', () => {
    const jump = { startAmount: 10n, endAmount: 5n, decayStart: 7, decayEnd: 7 }
    expect([6, 7, 8].map((now) => dutchDecay(jump, now))).toEqual([10n, 5n, 5n])
  })

  test('refuses a schedule that ends before it starts, unless it is flat', () => {
    expect(() => dutchDecay({ startAmount: 2n, endAmount: 1n, decayStart: 2, decayEnd: 1 }, 0)).toThrow(
      'ends before',
    )
    expect(dutchDecay({ startAmount: 5n, endAmount: 5n, decayStart: 10, decayEnd: 0 }, 3)).toBe(5n)
  })

  const anySchedule = fc
    .record({
      endAmount: fc.bigInt({ min: 0n, max: 10n ** 24n }),
      drop: fc.bigInt({ min: 0n, max: 10n ** 24n }),
      decayStart: fc.integer({ min: 0, max: 4_000 }),
      duration: fc.integer({ min: 0, max: 500 }),
    })
    .map(({ endAmount, drop, decayStart, duration }) => ({
      startAmount: endAmount + drop,
      endAmount,
      decayStart,
      decayEnd: decayStart + duration,
    }))

  test('stays between its ends, never rises when it falls, and never favours the filler by rounding', () => {
    fc.assert(
      fc.property(anySchedule, fc.integer({ min: 0, max: 5_000 }), (schedule, now) => {
        const amount = dutchDecay(schedule, now)
        const { startAmount, endAmount, decayStart, decayEnd } = schedule
        expect(endAmount <= amount && amount <= startAmount).toBe(true)
        expect(dutchDecay(schedule, now + 1) <= amount).toBe(true)
        if (decayStart < now && now < decayEnd) {
          const exactTimesDuration =
            startAmount * BigInt(decayEnd - decayStart) - (startAmount - endAmount) * BigInt(now - decayStart)
          expect(amount * BigInt(decayEnd - decayStart) >= exactTimesDuration).toBe(true)
        }
      }),
    )
  })

  test('tells the first second at which it reaches an amount', () => {
    fc.assert(
      fc.property(anySchedule, fc.bigInt({ min: 0n, max: 2n * 10n ** 24n }), (schedule, amount) => {
        const first = firstAtOrBelow(schedule, amount)
        if (first === null) {
          expect(dutchDecay(schedule, schedule.decayEnd) > amount).toBe(true)
          return
        }
        expect(dutchDecay(schedule, first) <= amount).toBe(true)
        if (first > 0) expect(dutchDecay(schedule, first - 1) > amount).toBe(true)
      }),
    )
  })
})

describe('exclusivity', () => {
  test.skipIf(reference === null)('agrees with UniswapX ExclusivityLib (fixture dutch-decay)', () => {
    expect(reference?.exclusivity.length).toBeGreaterThan(0)
    for (const { amount, filler, exclusive, end, overrideBps, t, required } of reference?.exclusivity ?? []) {
      const exclusivity = { solver: exclusive === null ? null : solver(exclusive), until: end, overrideBps }
      const want = required.startsWith('revert') ? null : BigInt(required)
      expect(requiredUnderExclusivity(BigInt(amount), solver(filler), exclusivity, t)).toBe(want)
    }
  })

  test('bars others through its last second and opens one second later', () => {
    const strict = { solver: solver('A'), until: 50, overrideBps: 0 }
    expect([49, 50, 51].map((now) => requiredUnderExclusivity(7n, solver('B'), strict, now))).toEqual([
      null,
      null,
      7n,
    ])
    expect(requiredUnderExclusivity(7n, solver('A'), strict, 50)).toBe(7n)
  })

  test('rounds an override up', () => {
    // ceil(1001 · 10025 / 10000) = ceil(1003.5025).
    expect(
      requiredUnderExclusivity(1001n, solver('B'), { solver: solver('A'), until: 9, overrideBps: 25 }, 9),
    ).toBe(1004n)
  })
})
