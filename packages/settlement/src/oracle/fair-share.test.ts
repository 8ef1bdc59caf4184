import { isqrtFloor } from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fairShareE8 } from './fair-share.ts'

const E8 = 10n ** 8n
const decimals = { decimals0: 18, decimals1: 6 }
const pair = (coins: bigint, dollars: bigint) => {
  const [reserve0, reserve1] = [coins * 10n ** 18n, dollars * 10n ** 6n]
  return { reserve0, reserve1, shares: isqrtFloor(reserve0 * reserve1) }
}

describe('a fair share of a pair', () => {
  test('is both reserves over the supply where the pair stands at the price outside', () => {
    // 2,000,000 dollars in √(10^23 · 10^12) = 3.16227766 · 10^17 units: 6,324,555.32 for 10^18 of them.
    const share = fairShareE8(pair(100_000n, 1_000_000n), 10n * E8, E8, decimals)
    expect(Number(share) / 1e8).toBeCloseTo(2e6 / 0.31622776601683794, 4)
  })

  test('is what the price outside says when the pair stands elsewhere', () => {
    // The same k at 50,000 and 2,000,000: by its reserves the pair is worth 2,500,000 at a price of 10.
    const moved = fairShareE8(pair(50_000n, 2_000_000n), 10n * E8, E8, decimals)
    expect(moved).toBe(fairShareE8(pair(100_000n, 1_000_000n), 10n * E8, E8, decimals))
  })

  test('never says more than the reserves are worth, and a trade can only add its fee', () => {
    const amount = fc.bigInt({ min: 10n ** 6n, max: 10n ** 26n })
    fc.assert(
      fc.property(amount, amount, amount, (reserve0, reserve1, amountIn) => {
        const shares = isqrtFloor(reserve0 * reserve1)
        const before = fairShareE8({ reserve0, reserve1, shares }, 3n * E8, 7n * E8, {
          decimals0: 18,
          decimals1: 18,
        })!
        // AM–GM: 2·√(a·b) ≤ a + b.
        const worth = (reserve0 * 3n * E8 + reserve1 * 7n * E8) / shares
        expect(before <= worth).toBe(true)
        const afterFee = amountIn * 997n
        const out = (afterFee * reserve1) / (reserve0 * 1_000n + afterFee)
        const traded = { reserve0: reserve0 + amountIn, reserve1: reserve1 - out, shares }
        const after = fairShareE8(traded, 3n * E8, 7n * E8, { decimals0: 18, decimals1: 18 })!
        expect(after >= before).toBe(true)
      }),
    )
  })

  test('is none without shares or a price', () => {
    expect(fairShareE8({ reserve0: 0n, reserve1: 0n, shares: 0n }, E8, E8, decimals)).toBeNull()
    expect(fairShareE8(pair(1n, 1n), 0n, E8, decimals)).toBeNull()
    expect(fairShareE8(pair(1n, 1n), E8, -1n, decimals)).toBeNull()
  })
})
