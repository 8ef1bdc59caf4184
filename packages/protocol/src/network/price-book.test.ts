import fc from 'fast-check'
import { expect, test } from 'vitest'
import { priceAt, priceOf, valueE8 } from './price-book.ts'

const book = [
  { symbol: 'WETH', priceE8: 2_500n * 10n ** 8n },
  { symbol: 'USDC', priceE8: 10n ** 8n },
]

test('a value is amount times price over one whole unit, rounded down', () => {
  expect(valueE8(1_500_000_000_000_000_000n, 18, priceOf(book, 'WETH'))).toBe(3_750n * 10n ** 8n)
  expect(valueE8(1n, 18, priceOf(book, 'WETH'))).toBe(0n)
  expect(valueE8(-1n, 18, priceOf(book, 'WETH'))).toBe(-1n)
  expect(valueE8(7n, 0, 3n)).toBe(21n)
})

test('the value of a sum is the sum of the values, or one more', () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.bigInt(), fc.nat(30), fc.bigInt({ min: 0n }), (a, b, decimals, price) => {
      const difference =
        valueE8(a + b, decimals, price) - valueE8(a, decimals, price) - valueE8(b, decimals, price)
      expect(difference === 0n || difference === 1n).toBe(true)
    }),
  )
})

test('an unknown symbol is refused with the known ones', () => {
  expect(() => priceOf(book, 'DOGE')).toThrow(/got: DOGE\nallowed: WETH, USDC/)
  expect(() => valueE8(1n, -1, 1n)).toThrow(expect.objectContaining({ code: 'E_RANGE' }))
})

test('a price goes in a straight line from point to point, and stays after the last', () => {
  const path = [
    { elapsedMs: 1_000, priceE8: 200n },
    { elapsedMs: 1_001, priceE8: 50n },
    { elapsedMs: 2_001, priceE8: 51n },
  ]
  const moving = [{ symbol: 'WETH', priceE8: 100n, path }, ...book.slice(1)]
  const at = [-5, 0, 500, 999, 1_000, 1_001, 1_999, 2_001, 9_999]
  expect(at.map((ms) => priceAt(moving, 'WETH', ms))).toEqual([
    100n,
    100n,
    150n,
    199n,
    200n,
    50n,
    50n,
    51n,
    51n,
  ])
  expect(priceAt(moving, 'USDC', 9_999)).toBe(10n ** 8n)
  expect(priceOf(moving, 'WETH')).toBe(100n)
})
