// The fee against published outputs of Across' own calculators, and its laws.
import { WAD } from '@solvent/primitives'
import type { FeeCurve } from '@solvent/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { meanRateE18, payoutFeeE18, rateAtE18, utilisationE18 } from './lp-fee.ts'
import { weeklyRateE18 } from './weekly-rate.ts'

const wad = (decimal: string): bigint => {
  const [whole = '0', part = ''] = decimal.split('.')
  return BigInt(whole) * WAD + BigInt(part.padEnd(18, '0'))
}
const curve = (kink: string, r0: string, r1: string, r2: string): FeeCurve => ({
  kinkE18: wad(kink),
  r0E18: wad(r0),
  r1E18: wad(r1),
  r2E18: wad(r2),
})

/** The rate model of the tests of across-protocol/sdk (UMIP-136: ETH). */
const eth = curve('0.65', '0', '0.08', '1')
/** The example of UMIP-157. */
const example = curve('0.75', '0.05', '0', '0.6')

describe('Across', () => {
  // across-protocol/sdk test/lpFeeCalculator.test.ts, whose figures come from a notebook in Python.
  test.each([
    ['0', '0.01', 615384615384600n, 11830749673498n],
    ['0', '0.50', 30769230769230768n, 582965040710805n],
    ['0.5', '0.51', 62153846153846200n, 1160264449662626n],
    ['0.5', '0.56', 65230769230769233n, 1215959072035989n],
    ['0.5', '0.5000000000000001', 60000000000000000n, 1121183982821340n],
    ['0.6', '0.7', 114175824175824180n, 2081296752280018n],
    ['0.7', '0.75', 294285714285714280n, 4973074331615530n],
    ['0.7', '0.7000000000000001', 220000000000000000n, 3831376003126766n],
    ['0.95', '1', 1008571428571428580n, 13502339199904125n],
    ['0', '0.99', 220548340548340547n, 3840050658887291n],
    ['0', '1', 229000000000000000n, 3973273191633388n],
    ['0', '100000000000000000000', 142857142857142857141079999999999999999n, WAD],
  ])('from %s to %s', (before, after, apy, week) => {
    expect(meanRateE18(eth, wad(before), wad(after))).toBe(apy)
    expect(weeklyRateE18(apy)).toBe(week)
  })

  test('the curve of UMIP-157 is flat at 5 % up to three quarters and then rises to 65 %', () => {
    expect(['0', '0.4', '0.75', '0.875', '1'].map((u) => rateAtE18(example, wad(u)))).toEqual(
      ['0.05', '0.05', '0.05', '0.35', '0.65'].map(wad),
    )
    // From 3/4 to 1 the mean is (5 % + 65 %) / 2; 1.35^(1/52) − 1 = 0.005787893… by bc.
    expect(meanRateE18(example, wad('0.75'), wad('1'))).toBe(wad('0.35'))
    expect(weeklyRateE18(wad('0.35')).toString().padStart(18, '0').slice(0, 5)).toBe('00578')
  })
})

describe('a payout', () => {
  test('moves utilisation by its own share of all that there is (HubPool.sol)', () => {
    const pool = { cash: 60n, used: 40n }
    expect(utilisationE18(pool)).toBe(wad('0.4'))
    expect(payoutFeeE18(eth, pool, 10n)).toBe(weeklyRateE18(meanRateE18(eth, wad('0.4'), wad('0.5'))))
  })

  test('beyond the cash, or from an empty pool, costs the rate of full use', () => {
    expect(payoutFeeE18(eth, { cash: 0n, used: 40n }, 10n)).toBe(weeklyRateE18(wad('1.08')))
    expect(payoutFeeE18(eth, { cash: 0n, used: 0n }, 10n)).toBe(weeklyRateE18(wad('1.08')))
  })
})

describe('for any curve', () => {
  const rate = fc.bigInt({ min: 0n, max: 5n * WAD })
  const curves = fc.record({
    kinkE18: fc.bigInt({ min: 1n, max: WAD - 1n }),
    r0E18: rate,
    r1E18: rate,
    r2E18: rate,
  })
  const amounts = fc.bigInt({ min: 1n, max: 1n << 200n })

  test('the fee is a share, and a larger payout costs no smaller one', () => {
    fc.assert(
      fc.property(curves, amounts, amounts, amounts, amounts, (any, cash, used, a, b) => {
        const [small, large] = a < b ? [a, b] : [b, a]
        const low = payoutFeeE18(any, { cash, used }, small)
        const high = payoutFeeE18(any, { cash, used }, large)
        expect(low >= 0n && high <= WAD).toBe(true)
        // Rounding of areas over a narrow width can cost a little: 10^-9 of the rate.
        const width = utilisationE18({ cash, used: used + small }) - utilisationE18({ cash, used })
        if (width > 10n ** 12n) expect(low <= high + 10n ** 9n).toBe(true)
      }),
    )
  })

  const yearlyTo = (max: bigint) => fc.bigInt({ min: 0n, max })

  test('52 weeks of the weekly rate are the yearly one, to the last unit', () => {
    fc.assert(
      fc.property(fc.oneof(yearlyTo(2n * WAD), yearlyTo(1_000n * WAD), yearlyTo(10n ** 30n)), (yearly) => {
        const week = weeklyRateE18(yearly)
        const year = (WAD + yearly) * WAD ** 51n
        if (week < WAD) {
          expect((WAD + week) ** 52n <= year && (WAD + week + 1n) ** 52n > year).toBe(true)
        } else expect((2n * WAD) ** 52n <= year).toBe(true)
      }),
    )
  })
})
