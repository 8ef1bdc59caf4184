import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isForbiddenKey } from './canonical.ts'
import { encodeCanonical } from './canonical-encode.ts'
import { isSameCanonical } from './canonical-equal.ts'
import { equalBytes } from './hex.ts'

const key = fc.string({ maxLength: 2 }).filter((text) => text.isWellFormed() && !isForbiddenKey(text))
/** Few values, so that two that are drawn apart are often the same. */
const leaf = fc.constantFrom<unknown>(0, -0, 1, 0n, 1n, '', 'a', 'aa', null, true, 1.5, new Uint8Array([1]))
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    leaf,
    leaf.map((inner) => (inner instanceof Uint8Array ? inner.slice() : inner)),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(key, fc.oneof(tie('value'), fc.constant(undefined)), { maxKeys: 2 }),
  ),
}))

const sameBytes = (a: unknown, b: unknown): boolean => equalBytes(encodeCanonical(a), encodeCanonical(b))

describe('values are the same', () => {
  test('where their canonical bytes are', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(isSameCanonical(a, b)).toBe(sameBytes(a, b))
      }),
      { numRuns: 5_000 },
    )
  })

  test('when they are copies', () => {
    fc.assert(
      fc.property(value, (a) => {
        expect(isSameCanonical(a, structuredClone(a))).toBe(true)
      }),
    )
  })

  test.each<[string, unknown, unknown, boolean]>([
    ['fields in another order', { a: 1, b: 2 }, { b: 2, a: 1 }, true],
    ['a field that is undefined', { a: 1 }, { a: 1, b: undefined }, true],
    ['one field more', { a: 1 }, { a: 1, b: 2 }, false],
    ['one field for another', { a: undefined, b: 1 }, { a: 1, b: undefined }, false],
    ['a bigint for a number', { a: 1 }, { a: 1n }, false],
    ['zero and minus zero', [0], [-0], false],
    ['a list and a record', [], {}, false],
    ['bytes and a list', new Uint8Array([1]), [1], false],
    ['null and a record', null, {}, false],
  ])('or not: %s', (_name, a, b, same) => {
    expect(isSameCanonical(a, b)).toBe(same)
    expect(isSameCanonical(b, a)).toBe(same)
    expect(sameBytes(a, b)).toBe(same)
  })
})
