import { fixture } from '@solvent/primitives/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exclusivityHolds } from './deadline.ts'
import { decayedAmount, overriddenAmount } from './pricing.ts'

interface Reference {
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

const reference = fixture<Reference>('collusion/dutch-decay.json')

describe("the settler's price", () => {
  test.skipIf(reference === null)('agrees with UniswapX DutchDecayLib (fixture dutch-decay)', () => {
    expect(reference?.decay.length).toBeGreaterThan(0)
    for (const { start, end, t0, t1, t, amount } of reference?.decay ?? []) {
      const decay = { startAmount: BigInt(start), endAmount: BigInt(end), decayStart: t0, decayEnd: t1 }
      expect(decayedAmount(decay, t).amount).toBe(BigInt(amount))
    }
  })

  test.skipIf(reference === null)(
    'agrees with UniswapX ExclusivityLib on overrides (fixture dutch-decay)',
    () => {
      let overridden = 0
      for (const { amount, filler, exclusive, end, overrideBps, t, required } of reference?.exclusivity ??
        []) {
        const barred = exclusive !== null && exclusive !== filler && exclusivityHolds(t, end)
        if (!barred) expect(required).toBe(amount)
        else if (overrideBps === 0) expect(required).toMatch(/^revert/)
        else {
          overridden++
          expect(overriddenAmount(BigInt(amount), overrideBps).amount).toBe(BigInt(required))
        }
      }
      expect(overridden).toBeGreaterThan(0)
    },
  )

  test('falls in a straight line and keeps its ends', () => {
    // Closed form: 1000 − 100 · 37 / 100 = 963.
    const decay = { startAmount: 1000n, endAmount: 900n, decayStart: 100, decayEnd: 200 }
    expect([0, 100, 137, 200, 999].map((now) => decayedAmount(decay, now).amount)).toEqual([
      1000n,
      1000n,
      963n,
      900n,
      900n,
    ])
    expect(decayedAmount(decay, 137).rounding).toBeNull()
  })

  test('states what each division left, so that the exact value can be rebuilt', () => {
    const amounts = fc.bigInt({ min: 1n, max: 10n ** 30n })
    fc.assert(
      fc.property(amounts, amounts, fc.nat(10_000), fc.nat(10_000), (start, end, duration, elapsed) => {
        const decay = { startAmount: start, endAmount: end, decayStart: 50, decayEnd: 50 + duration }
        const { amount, rounding } = decayedAmount(decay, 50 + elapsed)
        if (rounding === null) return
        expect(rounding.direction).toBe('floor')
        expect(rounding.residue > 0n && rounding.residue < rounding.divisor).toBe(true)
        const span = end < start ? start - end : end - start
        const change = end < start ? start - amount : amount - start
        expect(change * rounding.divisor + rounding.residue).toBe(span * BigInt(elapsed))
      }),
    )
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 10_000 }), (amount, bps) => {
        const { amount: raised, rounding } = overriddenAmount(amount, bps)
        expect(raised * 10_000n - (rounding?.residue ?? 0n)).toBe(amount * (10_000n + BigInt(bps)))
      }),
    )
  })
})
