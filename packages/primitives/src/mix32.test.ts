import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeCanonical, finalise32, hash32OfBytes, hash32OfString, hash32OfValue, mix32 } from './index.ts'

describe('murmur3', () => {
  // Test vectors of MurmurHash3_x86_32 as published with its ports (one 4-byte little-endian word, seed, result),
  // e.g. Ian Boyd's list in stackoverflow.com/a/31929528.
  test.each([
    [0xffffffff, 0, 0x76293b50],
    [0x87654321, 0, 0xf55b516b],
    [0x87654321, 0x5082edee, 0x2362f9de],
    [0x00000000, 0, 0x2362f9de],
  ])('word %i with seed %i', (word, seed, want) => {
    expect(finalise32(mix32(seed, word) ^ 4) >>> 0).toBe(want)
  })

  test('the empty input with seeds 1 and 2^32 - 1', () => {
    expect(finalise32(1) >>> 0).toBe(0x514e28b7)
    expect(finalise32(0xffffffff) >>> 0).toBe(0x81f16f39)
  })
})

test('results are int32', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), fc.string(), (h, x, text) => {
      for (const n of [mix32(h, x), finalise32(h), hash32OfString(text)]) expect(n).toBe(n | 0)
    }),
  )
})

test('a different word or a different state gives a different hash (each is a bijection)', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), fc.integer(), (h, x, y) => {
      fc.pre(x !== y)
      expect(mix32(h, x)).not.toBe(mix32(h, y))
      expect(mix32(x, h)).not.toBe(mix32(y, h))
      expect(finalise32(x)).not.toBe(finalise32(y))
    }),
  )
})

describe('the hash of a value', () => {
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(null, true, false, -0, 0, 0n, '', 1, 1n, '1'),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.maxSafeInteger(),
      fc.bigInt(),
      fc.string(),
      fc.uint8Array({ maxLength: 10 }),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.string({ maxLength: 3 }), tie('value'), { noNullPrototype: true }),
    ),
  })).value

  test('is equal exactly when the canonical bytes are (collisions being too rare to meet here)', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const same = Buffer.from(encodeCanonical(a)).equals(encodeCanonical(b))
        expect(hash32OfValue(a) === hash32OfValue(b)).toBe(same)
      }),
      { numRuns: 2000 },
    )
  })

  test('does not depend on the order of keys, nor on fields that are undefined', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ maxLength: 6 }), value, { noNullPrototype: true }), (fields) => {
        const reversed = Object.fromEntries(Object.entries(fields).reverse())
        expect(hash32OfValue({ ...reversed, 'never a key': undefined })).toBe(hash32OfValue(fields))
      }),
    )
  })

  test('tells types and places apart', () => {
    const alike = [
      1,
      1n,
      '1',
      [1],
      { a: 1 },
      { b: 1 },
      [[1]],
      true,
      new Uint8Array([1]),
      -1,
      -1n,
      [1, null],
      [null, 1],
    ]
    const swapped = [
      { a: 1, b: 2 },
      { a: 2, b: 1 },
      { a: { b: 1 } },
      { b: { a: 1 } },
      2 ** 32 + 1,
      2n ** 64n + 1n,
      0.5,
      -0,
      0,
    ]
    const hashes = [...alike, ...swapped].map(hash32OfValue)
    expect(new Set(hashes).size).toBe(hashes.length)
  })

  test('refuses what canonical bytes refuse', () => {
    for (const bad of [undefined, [undefined], Number.NaN, new Map(), { constructor: 1 }]) {
      expect(() => hash32OfValue(bad)).toThrowError(expect.objectContaining({ code: 'E_NON_CANONICAL' }))
    }
    const cycle: unknown[] = []
    cycle.push(cycle)
    expect(() => hash32OfValue(cycle)).toThrowError(expect.objectContaining({ code: 'E_TOO_DEEP' }))
  })

  test('spreads: 100,000 neighbouring values share hashes no more often than chance', () => {
    // Expected number of colliding pairs among n = 1e5 random 32-bit values: n²/2³³ = 1.16; 12 is beyond 1 in 10⁸.
    const seen = new Set<number>()
    for (let i = 0; i < 100_000; i++)
      seen.add(hash32OfValue({ id: i, name: `order-${i % 10}`, amount: BigInt(i) }))
    expect(100_000 - seen.size).toBeLessThan(12)
  })
})

test('bytes of different length differ, also when they end in zeros', () => {
  const lengths = Array.from({ length: 20 }, (_, n) => hash32OfBytes(new Uint8Array(n)))
  expect(new Set(lengths).size).toBe(20)
})
