import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  absBig,
  divFloor,
  divUp,
  isqrtFloor,
  maxBig,
  minBig,
  mulDivFloor,
  mulDivHalfUp,
  mulDivUp,
  mulDivWithResidue,
} from './index.ts'

const unsigned = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 256n }), fc.bigInt({ min: 0n, max: 20n }))
const signed = fc.oneof(
  fc.bigInt({ min: -(2n ** 128n), max: 2n ** 128n }),
  fc.bigInt({ min: -20n, max: 20n }),
)
const positive = unsigned.map((n) => n + 1n)

describe('rounding is what the name says', () => {
  test('mulDivFloor is the largest q with q·d ≤ a·b', () => {
    fc.assert(
      fc.property(unsigned, unsigned, positive, (a, b, d) => {
        const q = mulDivFloor(a, b, d)
        expect(q * d <= a * b && a * b < (q + 1n) * d).toBe(true)
      }),
    )
  })

  test('mulDivUp is the smallest q with q·d ≥ a·b', () => {
    fc.assert(
      fc.property(unsigned, unsigned, positive, (a, b, d) => {
        const q = mulDivUp(a, b, d)
        expect(q * d >= a * b && (q - 1n) * d < a * b).toBe(true)
      }),
    )
  })

  test('mulDivHalfUp is within half a unit, and above on a tie', () => {
    fc.assert(
      fc.property(unsigned, unsigned, positive, (a, b, d) => {
        const twiceError = 2n * (mulDivHalfUp(a, b, d) * d - a * b)
        expect(-d < twiceError && twiceError <= d).toBe(true)
      }),
    )
    expect([1n, 3n, 5n].map((a) => mulDivHalfUp(a, 1n, 2n))).toEqual([1n, 2n, 3n])
  })

  test('the residue makes the division exact', () => {
    fc.assert(
      fc.property(unsigned, unsigned, positive, (a, b, d) => {
        const { quotient, residue } = mulDivWithResidue(a, b, d)
        expect(quotient).toBe(mulDivFloor(a, b, d))
        expect(quotient * d + residue).toBe(a * b)
        expect(0n <= residue && residue < d).toBe(true)
      }),
    )
  })

  test('divFloor and divUp enclose the quotient for every sign', () => {
    fc.assert(
      fc.property(
        signed,
        signed.filter((d) => d !== 0n),
        (a, d) => {
          const low = divFloor(a, d)
          const high = divUp(a, d)
          const sign = d < 0n ? -1n : 1n
          expect(low * d * sign <= a * sign && a * sign <= high * d * sign).toBe(true)
          expect(high - low).toBe(a % d === 0n ? 0n : 1n)
        },
      ),
    )
    expect([divFloor(-7n, 2n), divUp(-7n, 2n), divFloor(7n, -2n), divUp(7n, -2n)]).toEqual([
      -4n,
      -3n,
      -4n,
      -3n,
    ])
  })

  test('isqrtFloor is the largest integer whose square fits', () => {
    fc.assert(
      fc.property(unsigned, (n) => {
        const root = isqrtFloor(n)
        expect(root * root <= n && n < (root + 1n) * (root + 1n)).toBe(true)
        expect(isqrtFloor(n * n)).toBe(n)
      }),
    )
    for (let n = 0n; n < 200n; n++) expect(isqrtFloor(n)).toBe(BigInt(Math.floor(Math.sqrt(Number(n)))))
  })
})

test('the smaller, the larger, the absolute', () => {
  fc.assert(
    fc.property(signed, signed, (a, b) => {
      expect(minBig(a, b) <= maxBig(a, b)).toBe(true)
      expect(minBig(a, b) + maxBig(a, b)).toBe(a + b)
      expect(absBig(a - b)).toBe(maxBig(a, b) - minBig(a, b))
    }),
  )
})

describe('what is not defined is refused', () => {
  const four = { mulDivFloor, mulDivUp, mulDivHalfUp, mulDivWithResidue }
  test.each(Object.entries(four))('%s refuses a zero divisor and negative operands', (_name, divide) => {
    expect(() => divide(1n, 1n, 0n)).toThrowError(expect.objectContaining({ code: 'E_DIVISION_BY_ZERO' }))
    for (const [a, b, d] of [
      [-1n, 1n, 1n],
      [1n, -1n, 1n],
      [1n, 1n, -1n],
      [-1n, -1n, 1n],
    ] as const) {
      expect(() => divide(a, b, d)).toThrowError(expect.objectContaining({ code: 'E_NEGATIVE_OPERAND' }))
    }
  })

  test('divFloor and divUp refuse a zero divisor, isqrtFloor a negative number', () => {
    expect(() => divFloor(1n, 0n)).toThrowError(expect.objectContaining({ code: 'E_DIVISION_BY_ZERO' }))
    expect(() => divUp(1n, 0n)).toThrowError(expect.objectContaining({ code: 'E_DIVISION_BY_ZERO' }))
    expect(() => isqrtFloor(-1n)).toThrowError(expect.objectContaining({ code: 'E_NEGATIVE_OPERAND' }))
  })
})
