import { WAD } from '@solvent/primitives'
import { describe, expect, test } from 'vitest'
import { UNISWAP_V2_FEE } from './constant-product/quote.ts'
import { concentratedPoolFaults, pairFaults, stablePoolFaults } from './market-faults.ts'

const stable = { amplification: 20_000n, feeE10: 4_000_000n, adminFeeE10: 5_000_000_000n, rates: [WAD, WAD] }
const medium = { feePips: 3_000n, tickSpacing: 60 }

describe('parameters of markets', () => {
  test('that contracts run with have no fault', () => {
    expect([pairFaults(UNISWAP_V2_FEE), stablePoolFaults(stable), concentratedPoolFaults(medium)]).toEqual([
      [],
      [],
      [],
    ])
  })

  test.each([
    ['the fee has a denominator above 0', pairFaults({ numerator: -1n, denominator: 0n })],
    ['the fee is from 0 to below 1', pairFaults({ numerator: 10n, denominator: 10n })],
    ['a stable pool has two coins', stablePoolFaults({ ...stable, rates: [WAD] })],
    ['every rate is above 0', stablePoolFaults({ ...stable, rates: [WAD, 0n] })],
    ['the amplification is above 1', stablePoolFaults({ ...stable, amplification: 100n })],
    ['the fee is from 0 to a half', stablePoolFaults({ ...stable, feeE10: 10n ** 10n })],
    ['part of the fee is from 0 to 1', stablePoolFaults({ ...stable, adminFeeE10: 10n ** 11n })],
    ['the fee is from 0 to below 1,000,000', concentratedPoolFaults({ ...medium, feePips: 1_000_000n })],
    ['the tick spacing is a whole number', concentratedPoolFaults({ ...medium, tickSpacing: 0 })],
  ])('are refused: %s', (reason, faults) => {
    expect(faults).toContainEqual({ severity: 'impossible', reason: expect.stringContaining(reason) })
  })

  test('are warned about: an amplification so low that the iteration may not settle', () => {
    expect(stablePoolFaults({ ...stable, amplification: 500n })).toMatchObject([{ severity: 'dubious' }])
  })
})
