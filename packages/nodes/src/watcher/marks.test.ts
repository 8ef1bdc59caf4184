import { backing } from '@solvent/settlement'
import { assert, bigInt, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepOf } from './marks.ts'

const HOME_BEFORE = 517_222n
const LOCKED = 130_000n

describe('a haircut', () => {
  it('is U/(S+U) for all and U/locked for the far, with the figures of April 2026', () => {
    // 116,500 released against a supply of 647,222: 15.25 % for everyone (incidents of the reference, §2.1).
    const claims = { deficit: 116_500n, far: LOCKED, home: HOME_BEFORE + 116_500n }
    const all = keepOf(claims, 'all-holders')
    expect(1 - Number(all.home.numerator) / Number(all.home.denominator)).toBeCloseTo(0.1525, 4)
    expect(all.far).toEqual(all.home)
    const far = keepOf(claims, 'far-holders')
    expect(far.home).toEqual({ numerator: 1n, denominator: 1n })
    expect(far.far).toEqual({ numerator: LOCKED - 116_500n, denominator: LOCKED })
  })

  it('is the one that the settlement core computes, under both rules', () => {
    const amount = bigInt({ min: 1n, max: 10n ** 30n })
    assert(
      property(amount, amount, bigInt({ min: 0n, max: 10_000n }), (locked, home, share) => {
        const drained = (locked * share) / 10_000n
        const core = backing({
          claimsByChain: [locked],
          lockedBefore: locked,
          drained,
          unbackedMinted: 0n,
          homeCirculating: home,
        })
        const claims = { deficit: core.shortfall, far: locked, home: home + drained }
        for (const [ours, theirs] of [
          ['all-holders', 'all-holders'],
          ['far-holders', 'far-chain-holders'],
        ] as const) {
          const { numerator, denominator } = keepOf(claims, ours).far
          const haircut = core.haircutUnder[theirs]
          expect((denominator - numerator) * haircut.denominator).toBe(haircut.numerator * denominator)
        }
      }),
    )
  })
})
