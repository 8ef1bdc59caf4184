import { describe, expect, it } from 'vitest'
import { saleToPrice } from './sale-to-price.ts'

const Q96 = 2n ** 96n

/** x·y constant, without a fee: price y/x. Refuses to hold more than a limit of either, and sales below a least one. */
function pair(x: bigint, y: bigint, limit = 10n ** 30n, least = 1n) {
  return {
    priceAfter(side: 'sell-0' | 'sell-1', amounts: readonly bigint[]) {
      if (amounts.some((each) => each < least)) return null
      const sold = amounts.reduce((sum, each) => sum + each, 0n)
      const [a, b] = side === 'sell-0' ? [x + sold, (x * y) / (x + sold)] : [(x * y) / (y + sold), y + sold]
      return a > limit || b > limit ? null : ({ priceX96: (b * Q96) / a } as never)
    },
  }
}

describe('a sale that moves a price', () => {
  const market = pair(10n ** 18n, 4n * 10n ** 18n)

  it('is the least that gets there, either way', () => {
    // 4 → 1: x doubles, by another 10^18. 4 → 16: y doubles, by another 4 · 10^18.
    expect(saleToPrice(market, 'sell-0', { priceX96: Q96, after: [] })).toBe(10n ** 18n)
    expect(saleToPrice(market, 'sell-1', { priceX96: 16n * Q96, after: [] })).toBe(4n * 10n ** 18n)
  })

  it('comes after what is under way, and is nothing when that is enough', () => {
    const under = 4n * 10n ** 17n
    expect(saleToPrice(market, 'sell-0', { priceX96: Q96, after: [under] })).toBe(6n * 10n ** 17n)
    expect(saleToPrice(market, 'sell-0', { priceX96: Q96, after: [10n ** 18n] })).toBe(0n)
    expect(saleToPrice(market, 'sell-0', { priceX96: 5n * Q96, after: [] })).toBe(0n)
  })

  it('is no less than what the market takes at all', () => {
    const coarse = pair(10n ** 18n, 4n * 10n ** 18n, 10n ** 30n, 1_000n)
    expect(saleToPrice(coarse, 'sell-0', { priceX96: Q96, after: [] })).toBe(10n ** 18n)
    expect(saleToPrice(coarse, 'sell-0', { priceX96: 4n * Q96 - 1n, after: [] })).toBe(1_000n)
  })

  it('is none where the market refuses it', () => {
    const small = pair(10n ** 18n, 4n * 10n ** 18n, 5n * 10n ** 18n)
    expect(saleToPrice(small, 'sell-0', { priceX96: Q96 / 100n, after: [] })).toBe(null)
    expect(saleToPrice(small, 'sell-0', { priceX96: Q96, after: [10n ** 19n] })).toBe(null)
    expect(saleToPrice(market, 'sell-0', { priceX96: 0n, after: [] })).toBe(null)
  })
})
