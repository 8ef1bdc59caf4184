import { fixture } from '@solvent/primitives/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decayedAmount, firstAtOrBelow } from './dutch-decay.ts'

interface Reference {
  readonly decay: readonly { start: string; end: string; t0: number; t1: number; t: number; amount: string }[]
}

const reference = fixture<Reference>('collusion/dutch-decay.json')

describe('dutch decay', () => {
  test.skipIf(reference === null)('agrees with UniswapX DutchDecayLib (fixture dutch-decay)', () => {
    expect(reference?.decay.length).toBeGreaterThan(0)
    for (const { start, end, t0, t1, t, amount } of reference?.decay ?? []) {
      const decay = { startAmount: BigInt(start), endAmount: BigInt(end), decayStart: t0, decayEnd: t1 }
      expect(decayedAmount(decay, t).amount).toBe(BigInt(amount))
    }
  })

  test('is a straight line where the division is exact, flat outside its window', () => {
    // Closed form: 1000 − (1000 − 900) · 37 / 100.
    const falling = { startAmount: 1000n, endAmount: 900n, decayStart: 100, decayEnd: 200 }
    expect([0, 100, 137, 200, 999].map((now) => decayedAmount(falling, now))).toEqual(
      [1000n, 1000n, 963n, 900n, 900n].map((amount) => ({ amount, rounding: null })),
    )
    // Rising (an input): 900 + 100 · 3 / 4.
    const rising = { startAmount: 900n, endAmount: 1000n, decayStart: 0, decayEnd: 4 }
    expect(decayedAmount(rising, 3).amount).toBe(975n)
  })

  // UniswapX asks for the end first: decayEndTime <= block.timestamp.
  test('jumps at once when it starts and ends in the same second', () => {
    const jump = { startAmount: 10n, endAmount: 5n, decayStart: 7, decayEnd: 7 }
    expect([6, 7, 8].map((now) => decayedAmount(jump, now).amount)).toEqual([10n, 5n, 5n])
  })

  // UniswapX: revert EndTimeBeforeStartTime, at whatever time; the flat case is one of the reference's.
  test('refuses a schedule that ends before it starts, unless it is flat', () => {
    const reversed = { startAmount: 2n, endAmount: 1n, decayStart: 2, decayEnd: 1 }
    for (const now of [0, 1, 2, 3]) expect(() => decayedAmount(reversed, now)).toThrow('ends before')
    const flat = { startAmount: 5n, endAmount: 5n, decayStart: 10, decayEnd: 0 }
    expect(decayedAmount(flat, 3).amount).toBe(5n)
  })

  const falls = fc
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
      fc.property(falls, fc.integer({ min: 0, max: 5_000 }), (decay, now) => {
        const { amount } = decayedAmount(decay, now)
        const { startAmount, endAmount, decayStart, decayEnd } = decay
        expect(endAmount <= amount && amount <= startAmount).toBe(true)
        expect(decayedAmount(decay, now + 1).amount <= amount).toBe(true)
        if (decayStart < now && now < decayEnd) {
          const exactTimesDuration =
            startAmount * BigInt(decayEnd - decayStart) - (startAmount - endAmount) * BigInt(now - decayStart)
          expect(amount * BigInt(decayEnd - decayStart) >= exactTimesDuration).toBe(true)
        }
      }),
    )
  })

  test('states what the division left, so that the exact value can be rebuilt', () => {
    const amounts = fc.bigInt({ min: 1n, max: 10n ** 30n })
    const times = fc
      .integer({ min: 2, max: 10_000 })
      .chain((duration) =>
        fc.record({ duration: fc.constant(duration), elapsed: fc.integer({ min: 1, max: duration - 1 }) }),
      )
    fc.assert(
      fc.property(amounts, amounts, times, (start, end, { duration, elapsed }) => {
        const decay = { startAmount: start, endAmount: end, decayStart: 50, decayEnd: 50 + duration }
        const { amount, rounding } = decayedAmount(decay, 50 + elapsed)
        const span = end < start ? start - end : end - start
        const change = end < start ? start - amount : amount - start
        if (rounding !== null) {
          expect(rounding).toMatchObject({ direction: 'floor', divisor: BigInt(duration) })
          expect(rounding.residue > 0n && rounding.residue < rounding.divisor).toBe(true)
        }
        expect(change * BigInt(duration) + (rounding?.residue ?? 0n)).toBe(span * BigInt(elapsed))
      }),
    )
  })

  test('tells the first second at which it reaches an amount', () => {
    fc.assert(
      fc.property(falls, fc.bigInt({ min: 0n, max: 2n * 10n ** 24n }), (decay, amount) => {
        const first = firstAtOrBelow(decay, amount)
        if (first === null) {
          expect(decayedAmount(decay, decay.decayEnd).amount > amount).toBe(true)
          return
        }
        expect(decayedAmount(decay, first).amount <= amount).toBe(true)
        if (first > 0) expect(decayedAmount(decay, first - 1).amount > amount).toBe(true)
      }),
    )
  })
})
