import type { FeeMarket } from '@solvent/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gasTargetOf, nextBaseFee } from './base-fee.ts'

const GWEI = 1_000_000_000n
const ethereum: FeeMarket = { elasticity: 2, denominator: 8, minBaseFee: 0n, equilibriumBaseFee: 0n }
const bedrock: FeeMarket = { ...ethereum, elasticity: 6, denominator: 50 }
const canyon: FeeMarket = { ...ethereum, elasticity: 6, denominator: 250 }

function after(market: FeeMarket, baseFee: bigint, gasLimit: number, gasUsed: bigint): bigint {
  return nextBaseFee(market, gasTargetOf({ gasLimit }, market), baseFee, gasUsed)
}

describe('the base fee', () => {
  test.each([
    // go-ethereum, consensus/misc/eip1559/eip1559_test.go, TestCalcBaseFee.
    [ethereum, GWEI, 20_000_000, 10_000_000n, GWEI],
    [ethereum, GWEI, 20_000_000, 9_000_000n, 987_500_000n],
    [ethereum, GWEI, 20_000_000, 11_000_000n, 1_012_500_000n],
    // Ethereum mainnet, block 12,965,000 (the first with a base fee) and its child.
    [ethereum, GWEI, 30_029_122, 30_025_257n, 1_124_967_822n],
    // op-geth, consensus/misc/eip1559/eip1559_test.go, TestCalcBaseFeeOptimism, before and after Canyon.
    [bedrock, GWEI, 30_000_000, 4_000_000n, 996_000_000n],
    [bedrock, GWEI, 30_000_000, 10_000_000n, 1_020_000_000n],
    [canyon, GWEI, 30_000_000, 4_000_000n, 999_200_000n],
    [canyon, GWEI, 30_000_000, 10_000_000n, 1_004_000_000n],
  ])('%# is that of published vectors', (market, baseFee, gasLimit, gasUsed, expected) => {
    expect(after(market, baseFee, gasLimit, gasUsed)).toBe(expected)
  })

  test('rises by at least one wei above the target, falls to where an eighth is less than one, and keeps its floor', () => {
    expect(after(ethereum, 0n, 20_000_000, 20_000_000n)).toBe(1n)
    // EIP-1559 divides down: 7 wei of an empty chain stay 7 wei.
    expect(after(ethereum, 8n, 20_000_000, 0n)).toBe(7n)
    expect(after(ethereum, 7n, 20_000_000, 0n)).toBe(7n)
    expect(after({ ...ethereum, minBaseFee: GWEI }, GWEI, 20_000_000, 0n)).toBe(GWEI)
  })

  test('moves by at most one denominator of itself, up and down', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 8n, max: 10n ** 15n }),
        fc.bigInt({ min: 0n, max: 30_000_000n }),
        (baseFee, gasUsed) => {
          const next = after(ethereum, baseFee, 30_000_000, gasUsed)
          expect(next * 8n <= baseFee * 9n && next * 8n >= baseFee * 7n).toBe(true)
        },
      ),
    )
  })
})
