import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as arbitrary from '../testing/arbitraries.ts'
import { toJsonValue } from './json-value.ts'

test('bigint becomes decimal text, bytes become hex, maps become pairs, undefined fields are left out', () => {
  const value = {
    b: 10n ** 30n,
    a: Uint8Array.of(0, 255),
    m: new Map([[1, 2n]]),
    u: undefined,
    n: null,
    f: -0.5,
    t: [true],
  }
  expect(JSON.stringify(toJsonValue(value))).toBe(
    '{"a":"0x00ff","b":"1000000000000000000000000000000","f":-0.5,"m":[[1,"2"]],"n":null,"t":[true]}',
  )
})

test('the text does not depend on the order in which fields were set', () => {
  fc.assert(
    fc.property(arbitrary.message, (message) => {
      const reversed = (value: unknown): unknown =>
        typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array
          ? value
          : Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, inner]) => [key, reversed(inner)]),
            )
      expect(JSON.stringify(toJsonValue(reversed(message)))).toBe(JSON.stringify(toJsonValue(message)))
    }),
  )
})

test('what JSON cannot say is refused', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, () => 0, Symbol('s'), { deep: [undefined] }]) {
    expect(() => toJsonValue(value)).toThrow(expect.objectContaining({ code: 'E_NON_CANONICAL' }))
  }
})
