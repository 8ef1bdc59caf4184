import { parseUnits } from '@solvent/primitives'
import { fixture } from '@solvent/primitives/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { backing } from './backing.ts'

interface Reference {
  readonly cases: readonly {
    readonly name: string
    readonly input: {
      readonly claimsByChain: Readonly<Record<string, number>>
      readonly lockedBefore: number
      readonly drained: number
      readonly unbackedMinted: number
    }
    readonly expected: Readonly<Record<string, number>>
  }[]
  readonly tolerance: { readonly relative: number; readonly absolute: number }
}

const reference = fixture<Reference>('contagion/backing-01.json')
const DECIMALS = 18
const units = (amount: number): bigint => parseUnits(String(amount), DECIMALS)

describe('backing of a wrapped asset', () => {
  test.skipIf(reference === null)('agrees with fixture backing-01', () => {
    expect(reference?.cases.length).toBeGreaterThan(0)
    for (const { input, expected } of reference?.cases ?? []) {
      const got = backing({
        claimsByChain: Object.values(input.claimsByChain).map(units),
        lockedBefore: units(input.lockedBefore),
        drained: units(input.drained),
        unbackedMinted: units(input.unbackedMinted),
        homeCirculating: 0n,
      })
      const tolerance = reference?.tolerance.relative ?? 0
      const close = (actual: number, name: string): void => {
        const want = expected[name] as number
        expect(Math.abs(actual - want), name).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(want)))
      }
      close(Number(got.claims) / 1e18, 'claims')
      close(Number(got.backing) / 1e18, 'backing')
      close(Number(got.shortfall) / 1e18, 'shortfall')
      close(got.proRataRecovery.value, 'proRataRecovery')
      close(got.proRataHaircut.value, 'proRataHaircut')
      close(got.firstComeShareFullyPaid.value, 'firstComeShareFullyPaid')
    }
  })

  test('shares a release of 18 % of the supply as 15.25 % of everyone, or as all of it among the far chains', () => {
    // 18 April 2026: U = 116,500 of S ≈ 647,222; haircut for all U/(S+U) = 0.18/1.18. Far chains with claims of 200,000
    // bear U/200,000 alone.
    const far = 200_000n
    const got = backing({
      claimsByChain: [150_000n, 50_000n],
      lockedBefore: far,
      drained: 116_500n,
      unbackedMinted: 0n,
      homeCirculating: 647_222n - far,
    })
    expect(got.shortfall).toBe(116_500n)
    expect(got.haircutUnder['all-holders']).toMatchObject({ numerator: 116_500n, denominator: 763_722n })
    expect(got.haircutUnder['all-holders'].value).toBeCloseTo(0.1525, 4)
    expect(got.haircutUnder['far-chain-holders'].value).toBe(0.5825)
    expect(got.firstComeShareFullyPaid.value).toBe(0.4175)
  })

  test('recovery and haircut add up to one, and no rule costs holders more than the shortfall', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 30n })
    fc.assert(
      fc.property(
        fc.array(amount, { maxLength: 4 }),
        amount,
        amount,
        amount,
        amount,
        (far, locked, out, mint, home) => {
          const drained = out > locked ? locked : out
          const input = {
            claimsByChain: far,
            lockedBefore: locked,
            drained,
            unbackedMinted: mint,
            homeCirculating: home,
          }
          const { claims, shortfall, proRataRecovery, proRataHaircut, haircutUnder } = backing(input)
          const { denominator } = proRataRecovery
          expect(proRataHaircut.numerator + proRataRecovery.numerator).toBe(denominator)
          const farLoss =
            (haircutUnder['far-chain-holders'].numerator * claims) /
            haircutUnder['far-chain-holders'].denominator
          expect(farLoss).toBe(shortfall)
          expect(haircutUnder['all-holders'].value).toBeLessThanOrEqual(
            haircutUnder['far-chain-holders'].value,
          )
        },
      ),
    )
  })

  test('an asset that nobody holds is fully backed', () => {
    const got = backing({
      claimsByChain: [],
      lockedBefore: 5n,
      drained: 5n,
      unbackedMinted: 0n,
      homeCirculating: 0n,
    })
    expect([
      got.proRataRecovery.value,
      got.proRataHaircut.value,
      got.haircutUnder['all-holders'].value,
    ]).toEqual([1, 0, 0])
  })
})
