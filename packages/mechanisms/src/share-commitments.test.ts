import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commitPolynomial, isShareOf, shareSecret } from './index.ts'
import { SHARE_FIELD } from './threshold-seal.ts'

const element = fc.bigInt({ min: 1n, max: SHARE_FIELD - 1n })

test('every share lies on the polynomial that was committed to, and nothing else does', () => {
  fc.assert(
    fc.property(element, element, element, fc.integer({ min: 1, max: 5 }), (secret, a, b, member) => {
      const points = commitPolynomial(secret, [a, b])
      const share = shareSecret(secret, [a, b], 5)[member - 1]!
      expect(isShareOf(share, points)).toBe(true)
      expect(isShareOf({ member: (member % 5) + 1, value: share.value }, points)).toBe(false)
      expect(isShareOf({ member, value: (share.value + 1n) % SHARE_FIELD }, points)).toBe(false)
      expect(isShareOf(share, points.slice(0, 2))).toBe(false)
    }),
    { numRuns: 5 },
  )
})

// SEC 2 §2.4.1: the base point, compressed; 2 · G as published test vectors of the curve have it.
test('commits to 1 and 2 by the base point and its double', () => {
  expect(commitPolynomial(1n, [2n])).toEqual([
    '0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798',
    '02c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5',
  ])
})

test('holds nothing for a share that is no element, or of points that are none', () => {
  const points = commitPolynomial(7n, [9n])
  for (const value of [0n, -1n, SHARE_FIELD, SHARE_FIELD + 16n])
    expect(isShareOf({ member: 1, value }, points)).toBe(false)
  expect(isShareOf({ member: 1, value: 16n }, points)).toBe(true)
  expect(isShareOf({ member: 1, value: 16n }, [])).toBe(false)
  expect(isShareOf({ member: 1, value: 16n }, ['02'.padEnd(66, 'f'), points[1]!])).toBe(false)
  expect(isShareOf({ member: 1, value: 16n }, ['', 'no point'])).toBe(false)
  for (const element of [0n, SHARE_FIELD])
    expect(() => commitPolynomial(element, [1n])).toThrow(/order of secp256k1/)
})
