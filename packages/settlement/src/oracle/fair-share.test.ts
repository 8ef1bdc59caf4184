import { isqrtFloor } from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { balanceFloor } from '../market/stable-swap/invariant.ts'
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

describe('a fair share of a stable pool', () => {
  const WAD = 10n ** 18n
  /** Dollars of 18 and of 6 decimals, A of 100 as contracts count it. */
  const stable = { amplification: 100, rate0: WAD, rate1: 10n ** 30n }
  const pool = (dollars0: bigint, dollars1: bigint, shares: bigint) => ({
    ...{ reserve0: dollars0 * WAD, reserve1: dollars1 * 10n ** 6n, shares: shares * WAD },
  })
  const price = (held: ReturnType<typeof pool>, p0: bigint, p1: bigint, rates = stable) =>
    fairShareE8(held, p0, p1, { ...decimals, stable: rates })

  test('is D over the supply times the lower price', () => {
    // Balanced, D is the sum.
    expect(price(pool(1_000n, 1_000n, 2_000n), E8, E8)).toBe(E8)
    expect(price(pool(1_000n, 1_000n, 1_000n), E8, (8n * E8) / 10n)).toBe((16n * E8) / 10n)
    expect(price(pool(1_000n, 1_000n, 1_000n), (7n * E8) / 10n, E8)).toBe((14n * E8) / 10n)
  })

  test('does not move with a trade, and says no more than the reserves are worth', () => {
    // Along the curve of D = 2,000: with 1,900 of one coin there is so much of the other.
    const other = balanceFloor([1_900n * WAD, 1n], 1, 10_000n, 2_000n * WAD)!
    const traded = { reserve0: 1_900n * WAD, reserve1: other / 10n ** 12n, shares: 2_000n * WAD }
    const share = price(traded, E8, E8)!
    expect(Number(share) / 1e8).toBeCloseTo(1, 6)
    expect(share <= ((1_900n * WAD + other) * E8) / (2_000n * WAD)).toBe(true)
  })

  test('reckons with the rate of a coin that counts more than one', () => {
    // 1,000 of a coin at a rate of 1.25 are 1,250 beside 1,250; it costs 1.25, which is one a common unit.
    const held = pool(1_000n, 1_250n, 2_500n)
    expect(price(held, (125n * E8) / 100n, E8, { ...stable, rate0: (WAD * 125n) / 100n })).toBe(E8)
  })

  test('is none of an empty side', () => {
    expect(price(pool(0n, 1_000n, 1_000n), E8, E8)).toBeNull()
  })
})
