import { encode, rfc8949EncodeOptions, Token, Type } from 'cborg'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bytesToHex,
  canonicalBytesOf,
  decodeCanonical,
  encodeCanonical,
  hexToBytes,
  isSolventError,
  mostCanonicalBytes,
  roughCanonicalBytes,
  withCanonicalBytes,
} from './index.ts'

const hexOf = (value: unknown) => bytesToHex(encodeCanonical(value)).slice(2)
const fromHex = (hex: string) => decodeCanonical(hexToBytes(`0x${hex}`))
const codeOf = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    return isSolventError(error) ? error.code : error
  }
  return 'no error'
}

/** cborg set up for the same data model: the second opinion on our own writer. */
function cborgEncode(value: unknown): Uint8Array {
  const bignum = (amount: bigint) => {
    const magnitude = amount < 0n ? -1n - amount : amount
    const hex = magnitude === 0n ? '' : magnitude.toString(16)
    const bytes = new Uint8Array(Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex'))
    return [new Token(Type.tag, amount < 0n ? 3 : 2), new Token(Type.bytes, bytes)]
  }
  return encode(value, {
    ...rfc8949EncodeOptions,
    ignoreUndefinedProperties: true,
    typeEncoders: {
      bigint: bignum,
      number: (n: number) => (Object.is(n, -0) ? [new Token(Type.float, -0)] : null),
    },
  })
}

const key = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom('a', 'aa', 'b', '10', '9', '\u{ffff}', '\u{10000}', '\ufeff'),
)
const canonicalValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom(null, true, false, -0, 0, 2 ** 53, -(2 ** 53), 65504, 5e-324, 2 ** -24, 2 ** -25, 1e300),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.float({ noNaN: true, noDefaultInfinity: true }),
    fc.bigInt(),
    fc.bigInt({ min: -300n, max: 300n }),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie('value'), { maxLength: 30 }),
    fc.dictionary(
      key.filter((text) => !['__proto__', 'constructor', 'prototype'].includes(text)),
      tie('value'),
      { maxKeys: 30, noNullPrototype: true },
    ),
  ),
})).value

describe('encoding', () => {
  // RFC 8949, appendix A; integers and -0 as in the data model of canonical.ts.
  const published: [unknown, string][] = [
    [0, '00'],
    [1, '01'],
    [23, '17'],
    [24, '1818'],
    [100, '1864'],
    [1000, '1903e8'],
    [1000000, '1a000f4240'],
    [1000000000000, '1b000000e8d4a51000'],
    [18446744073709551616n, 'c249010000000000000000'],
    [-18446744073709551617n, 'c349010000000000000000'],
    [-1, '20'],
    [-10, '29'],
    [-100, '3863'],
    [-1000, '3903e7'],
    [-0, 'f98000'],
    [1.1, 'fb3ff199999999999a'],
    [1.5, 'f93e00'],
    [3.4028234663852886e38, 'fa7f7fffff'],
    [1.0e300, 'fb7e37e43c8800759c'],
    [5.960464477539063e-8, 'f90001'],
    [0.00006103515625, 'f90400'],
    [-4.1, 'fbc010666666666666'],
    [false, 'f4'],
    [true, 'f5'],
    [null, 'f6'],
    ['', '60'],
    ['a', '6161'],
    ['IETF', '6449455446'],
    ['"\\', '62225c'],
    ['ü', '62c3bc'],
    ['水', '63e6b0b4'],
    ['𐅑', '64f0908591'],
    [new Uint8Array(), '40'],
    [new Uint8Array([1, 2, 3, 4]), '4401020304'],
    [[], '80'],
    [[1, [2, 3], [4, 5]], '8301820203820405'],
    [{}, 'a0'],
    [{ a: 1, b: [2, 3] }, 'a26161016162820203'],
    [['a', { b: 'c' }], '826161a161626163'],
  ]
  test.each(published.map(([value, hex]) => [hex, value] as const))(
    'the value of %s has the bytes that RFC 8949 prints',
    (hex, value) => {
      expect(hexOf(value)).toBe(hex)
      expect(fromHex(hex)).toEqual(value)
    },
  )

  test('bytes that are shown are those that are given, also to a reader who encodes something itself', () => {
    const value = { a: 1, b: ['x', 2n] }
    const shown = withCanonicalBytes(value, (bytes) => {
      const inner = withCanonicalBytes('inner', bytesToHex)
      return [bytesToHex(bytes), inner]
    })
    expect(shown).toEqual([bytesToHex(encodeCanonical(value)), '0x65696e6e6572'])
  })

  test('an artefact has the same bytes wherever it stands, remembered or not', () => {
    fc.assert(
      fc.property(canonicalValue, canonicalValue, (inner, beside) => {
        const artefact = { inner }
        const plain = encodeCanonical([artefact, { beside, artefact }])
        expect(canonicalBytesOf(artefact)).toEqual(encodeCanonical({ inner }))
        expect(encodeCanonical([artefact, { beside, artefact }])).toEqual(plain)
        expect(canonicalBytesOf({ artefact })).toEqual(encodeCanonical({ artefact: { inner } }))
      }),
    )
  })

  test('bytes are never more than their bound says, which is near where text is narrow', () => {
    fc.assert(
      fc.property(canonicalValue, (value) => {
        expect(encodeCanonical(value).length).toBeLessThanOrEqual(mostCanonicalBytes(value))
        expect(mostCanonicalBytes(value)).toBeLessThanOrEqual(roughCanonicalBytes(value))
      }),
    )
    const edges = [
      0,
      -0,
      1,
      2 ** 32 - 1,
      2 ** 32,
      -1,
      0.5,
      2n ** 64n - 1n,
      -(2n ** 64n),
      2n ** 256n - 1n,
      -(2n ** 256n),
    ]
    for (const value of edges)
      expect(encodeCanonical(value).length).toBeLessThanOrEqual(mostCanonicalBytes(value))
    const narrow = { hash: `0x${'ab'.repeat(32)}`, count: 7, amount: 10n ** 18n, wide: null }
    expect(mostCanonicalBytes(narrow)).toBeLessThan(1.25 * encodeCanonical(narrow).length)
    expect(roughCanonicalBytes(narrow)).toBeLessThan(3.5 * encodeCanonical(narrow).length)
    for (const length of [23, 24, 255, 256, 65_535, 65_536])
      for (const letter of ['x', 'é', '漢'])
        for (const boundOf of [mostCanonicalBytes, roughCanonicalBytes])
          expect(encodeCanonical(letter.repeat(length)).length).toBeLessThanOrEqual(
            boundOf(letter.repeat(length)),
          )
  })

  test('an artefact that is remembered still counts for the depth of what contains it', () => {
    const nest = (value: unknown, levels: number): unknown =>
      levels === 0 ? value : { value: nest(value, levels - 1) }
    const artefact = nest('leaf', 10) as object
    canonicalBytesOf(artefact)
    const outer = nest(artefact, 6) as object
    expect(canonicalBytesOf(outer)).toEqual(encodeCanonical(nest('leaf', 16)))
    for (const deep of [nest(artefact, 7), nest(outer, 1)])
      expect(codeOf(() => encodeCanonical(deep))).toBe('E_TOO_DEEP')
  })

  test('a small bigint stays a bigint: a minimal bignum, also for zero (RFC 8949 §3.4.3)', () => {
    expect([0n, 1n, 255n, 256n, -1n, -256n, -257n].map(hexOf)).toEqual([
      'c240',
      'c24101',
      'c241ff',
      'c2420100',
      'c340',
      'c341ff',
      'c3420100',
    ])
  })

  test('map keys are in the bytewise order of their encodings (RFC 8949 §4.2.1)', () => {
    expect(hexOf({ aa: 1, b: 2, a: 3, '\u{10000}': 4, '\u{ffff}': 5 })).toBe(
      'a5' + '616103' + '616202' + '62616101' + '63efbfbf05' + '64f090808004',
    )
  })

  test('fields that are undefined are left out', () => {
    expect(hexOf({ a: 1, gone: undefined })).toBe(hexOf({ a: 1 }))
  })

  test('agrees with cborg on every value', () => {
    fc.assert(
      fc.property(canonicalValue, (value) => {
        expect(bytesToHex(encodeCanonical(value))).toBe(bytesToHex(cborgEncode(value)))
      }),
      { numRuns: 1000 },
    )
  })

  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['undefined in an array', [undefined]],
    ['a hole', new Array(1)],
    ['NaN', Number.NaN],
    ['an infinity', Number.NEGATIVE_INFINITY],
    ['a lone surrogate', 'a\ud800'],
    ['a lone surrogate as a key', { '\udc00': 1 }],
    ['a symbol', Symbol('x')],
    ['a function', () => 1],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['another typed array', new Uint16Array(1)],
    ['a class instance', new (class Order {})()],
    ['an own __proto__ key', JSON.parse('{"__proto__":1}')],
    ['a constructor key', { constructor: 1 }],
    ['a prototype key', { prototype: 1 }],
  ])('refuses %s', (_name, value) => {
    expect(codeOf(() => encodeCanonical(value))).toBe('E_NON_CANONICAL')
  })

  test('nests 16 deep and no deeper, so that a cycle ends', () => {
    const nest = (depth: number): unknown =>
      depth === 0 ? 1 : depth % 2 === 0 ? [nest(depth - 1)] : { a: nest(depth - 1) }
    expect(decodeCanonical(encodeCanonical(nest(16)))).toEqual(nest(16))
    expect(codeOf(() => encodeCanonical(nest(17)))).toBe('E_TOO_DEEP')
    expect(encodeCanonical(nest(17), { maxDepth: 17 })).toBeInstanceOf(Uint8Array)
    const cycle: unknown[] = []
    cycle.push(cycle)
    expect(codeOf(() => encodeCanonical(cycle))).toBe('E_TOO_DEEP')
  })

  test('survives an error, a large value, and a getter that encodes something itself', () => {
    expect(codeOf(() => encodeCanonical(['partial', Number.NaN]))).toBe('E_NON_CANONICAL')
    const large = new Uint8Array(3_000_000).fill(7)
    expect(decodeCanonical(encodeCanonical(['x', large, 'y']))).toEqual(['x', large, 'y'])
    const inner = {
      get digest() {
        return encodeCanonical({ nested: 1n })
      },
      z: 'after',
    }
    expect(decodeCanonical(encodeCanonical(inner))).toEqual({
      digest: encodeCanonical({ nested: 1n }),
      z: 'after',
    })
  })
})

describe('decoding', () => {
  test('gives back what was encoded, with the types of numbers', () => {
    fc.assert(
      fc.property(canonicalValue, (value) => {
        expect(decodeCanonical(encodeCanonical(value))).toStrictEqual(value)
      }),
      { numRuns: 1000 },
    )
  })

  test.each<[string, string]>([
    ['nothing', ''],
    ['trailing bytes', '0000'],
    ['an integer with a long head', '1800'],
    ['an integer past 2^53 - 1', '1b0020000000000000'],
    ['an array of indefinite length', '9f01ff'],
    ['text of indefinite length', '7f6161ff'],
    ['bytes of indefinite length', '5f4101ff'],
    ['a map of indefinite length', 'bf616101ff'],
    ['unsorted keys', 'a2616201616102'],
    ['a key twice', 'a2616101616102'],
    ['a key that is no text', 'a10102'],
    ['a float64 that a float16 holds', 'fb3ff8000000000000'],
    ['a float32 that a float16 holds', 'fa3fc00000'],
    ['a float that an integer holds', 'f93c00'],
    ['positive zero as a float', 'f90000'],
    ['a bignum with leading zeros', 'c2420001'],
    ['a zero bignum of one byte', 'c24100'],
    ['a bignum of text', 'c26161'],
    ['NaN', 'f97e00'],
    ['an infinity', 'f97c00'],
    ['undefined', 'f7'],
    ['a simple value', 'f0'],
    ['a long simple value', 'f818'],
    ['a break', 'ff'],
    ['a reserved head', '1c'],
    ['another tag', 'c101'],
    ['a byte that is not UTF-8', '61ff'],
    ['overlong UTF-8', '62c080'],
    ['a surrogate in UTF-8', '63eda080'],
    ['a map that ends early', 'a16161'],
    ['bytes that end early', '580301'],
    ['an array of 2^56 items', '9b0100000000000000'],
    ['text of 2^53 bytes', '7b0020000000000000'],
    ['a text head that ends early', '79ff'],
    ['a key __proto__', 'a1695f5f70726f746f5f5fa0'],
    ['a key constructor', 'a16b636f6e7374727563746f7200'],
  ])('refuses %s', (_name, hex) => {
    expect(codeOf(() => fromHex(hex))).toBe('E_NON_CANONICAL')
  })

  test('refuses by size and depth before doing any work', () => {
    expect(codeOf(() => decodeCanonical(new Uint8Array(11), { maxBytes: 10 }))).toBe('E_TOO_LARGE')
    for (const opening of ['81', 'a16161']) {
      expect(codeOf(() => fromHex(`${opening.repeat(200_000)}00`))).toBe('E_TOO_DEEP')
    }
    const nestedTags = new Uint8Array(1_000_000).fill(0xc2)
    expect(codeOf(() => decodeCanonical(nestedTags))).toBe('E_NON_CANONICAL')
    expect(codeOf(() => decodeCanonical(encodeCanonical([[1]]), { maxDepth: 1 }))).toBe('E_TOO_DEEP')
  })

  test('keeps a leading byte order mark, which is part of the text', () => {
    expect(decodeCanonical(encodeCanonical({ '\ufeffa': '\ufeff' }))).toEqual({ '\ufeffa': '\ufeff' })
  })

  test('decoded objects are plain, and bytes are copies', () => {
    const bytes = encodeCanonical({ list: [{ toString: 1 }], raw: new Uint8Array([1, 2]) })
    const value = decodeCanonical(bytes) as { list: [object]; raw: Uint8Array }
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(Object.hasOwn(value.list[0], 'toString')).toBe(true)
    bytes.fill(0)
    expect(value.raw).toEqual(new Uint8Array([1, 2]))
  })

  test('whatever the bytes, they are refused by a code or are the only spelling of what they say', () => {
    const damaged = fc
      .tuple(canonicalValue, fc.nat(), fc.nat({ max: 255 }), fc.boolean())
      .map(([value, position, byte, cut]) => {
        const bytes = encodeCanonical(value)
        const index = position % bytes.length
        if (cut) return bytes.slice(0, index)
        bytes[index] = byte
        return bytes
      })
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 20 })), (bytes) => {
        let value: unknown
        try {
          value = decodeCanonical(bytes)
        } catch (error) {
          expect(isSolventError(error) && ['E_NON_CANONICAL', 'E_TOO_DEEP'].includes(error.code)).toBe(true)
          return
        }
        expect(encodeCanonical(value)).toEqual(bytes)
      }),
      { numRuns: 3000 },
    )
  })
})
