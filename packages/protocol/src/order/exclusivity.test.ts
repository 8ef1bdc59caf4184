import { asAddress, ZERO_ADDRESS } from '@solvent/primitives'
import { fixture } from '@solvent/primitives/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exclusivityHolds, overriddenAmount, requiredUnderExclusivity } from './exclusivity.ts'

interface Reference {
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

const solverNamed = (name: string | null) =>
  name === null ? ZERO_ADDRESS : asAddress(`0x${(name === 'A' ? 'a' : 'b').repeat(40)}`)
const reference = fixture<Reference>('collusion/dutch-decay.json')

describe('exclusivity', () => {
  test.skipIf(reference === null)('agrees with UniswapX ExclusivityLib (fixture dutch-decay)', () => {
    expect(reference?.exclusivity.length).toBeGreaterThan(0)
    for (const { amount, filler, exclusive, end, overrideBps, t, required } of reference?.exclusivity ?? []) {
      const exclusivity = { solver: solverNamed(exclusive), exclusiveUntil: end, overrideBps }
      const got = requiredUnderExclusivity(BigInt(amount), solverNamed(filler), exclusivity, t)
      expect(got?.amount ?? null).toBe(required.startsWith('revert') ? null : BigInt(required))
    }
  })

  // UniswapX: block.timestamp <= exclusivityEndTime.
  test('holds through its last second', () => {
    expect([49, 50, 51].map((now) => exclusivityHolds(now, 50))).toEqual([true, true, false])
  })

  test('bars others through its last second and opens one second later', () => {
    const strict = { solver: solverNamed('A'), exclusiveUntil: 50, overrideBps: 0 }
    const required = (filler: string, now: number) =>
      requiredUnderExclusivity(7n, solverNamed(filler), strict, now)?.amount
    expect([49, 50, 51].map((now) => required('B', now))).toEqual([undefined, undefined, 7n])
    expect(required('A', 50)).toBe(7n)
  })

  test('prefers nobody where the zero address is named', () => {
    const open = { solver: ZERO_ADDRESS, exclusiveUntil: 50, overrideBps: 0 }
    expect(requiredUnderExclusivity(7n, solverNamed('B'), open, 50)?.amount).toBe(7n)
  })

  test('rounds an override up and states by how much', () => {
    // ceil(1001 · 10025 / 10000) = ceil(1003.5025).
    const exclusivity = { solver: solverNamed('A'), exclusiveUntil: 9, overrideBps: 25 }
    expect(requiredUnderExclusivity(1001n, solverNamed('B'), exclusivity, 9)).toEqual({
      amount: 1004n,
      rounding: { direction: 'up', residue: 4_975n, divisor: 10_000n },
    })
    const amounts = fc.bigInt({ min: 1n, max: 10n ** 30n })
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 10_000 }), (amount, bps) => {
        const { amount: raised, rounding } = overriddenAmount(amount, bps)
        expect(raised * 10_000n - (rounding?.residue ?? 0n)).toBe(amount * (10_000n + BigInt(bps)))
      }),
    )
  })
})
