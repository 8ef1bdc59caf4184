import { blake3 as nobleBlake3 } from '@noble/hashes/blake3.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CanonicalValue } from './canonical.ts'
import { encodeCanonical } from './canonical-encode.ts'
import { packedHash, packedHashBy } from './packed-hash.ts'
import { packedKeys, packInteger, packKeys, packList, packNumber, packText } from './packed-value.ts'

const blake3 = (bytes: Uint8Array): Buffer => Buffer.from(nobleBlake3(bytes))

/** The definition, byte by byte, without anything that makes it fast. */
class Reference {
  readonly bytes: number[] = []
  readonly seen: string[] = []

  head(kind: number, argument: number): void {
    const parts: [number, number] | null =
      argument < 24
        ? null
        : argument < 2 ** 8
          ? [24, 1]
          : argument < 2 ** 16
            ? [25, 2]
            : argument < 2 ** 32
              ? [26, 4]
              : [27, 8]
    if (parts === null) return void this.bytes.push(kind * 32 + argument)
    this.bytes.push(kind * 32 + parts[0], ...bigEndian(BigInt(argument), parts[1]))
  }

  text(text: string): void {
    const again = text.length <= 42 ? this.seen.indexOf(`text ${text}`) : -1
    if (again >= 0) return this.head(7, again)
    if (text.length <= 42) this.seen.push(`text ${text}`)
    if (/^0x([0-9a-f]{2})*$/.test(text)) {
      this.head(4, text.length / 2 - 1)
      this.bytes.push(...Buffer.from(text.slice(2), 'hex'))
    } else {
      this.head(5, Buffer.byteLength(text))
      this.bytes.push(...Buffer.from(text))
    }
  }

  value(value: CanonicalValue): void {
    if (value === null) this.head(2, 0)
    else if (typeof value === 'boolean') this.head(2, value ? 2 : 1)
    else if (typeof value === 'string') this.text(value)
    else if (typeof value === 'bigint') {
      const size = value < 0n ? -1n - value : value
      const length = size === 0n ? 0 : Math.ceil(size.toString(16).length / 2)
      this.head(3, 2 * length + (value < 0n ? 1 : 0))
      this.bytes.push(...bigEndian(size, length))
    } else if (typeof value === 'number') this.number(value)
    else if (value instanceof Uint8Array) {
      this.head(2, 4)
      this.head(6, value.length)
      this.bytes.push(...value)
    } else if (Array.isArray(value)) {
      this.head(6, value.length)
      for (const item of value) this.value(item)
    } else this.object(value as Record<string, CanonicalValue | undefined>)
  }

  number(value: number): void {
    if (Number.isSafeInteger(value) && !Object.is(value, -0))
      return value < 0 ? this.head(1, -1 - value) : this.head(0, value)
    this.head(2, 3)
    const bytes = Buffer.alloc(8)
    bytes.writeDoubleBE(value)
    this.bytes.push(...bytes)
  }

  object(fields: Record<string, CanonicalValue | undefined>): void {
    const keys = Object.keys(fields)
      .filter((key) => fields[key] !== undefined)
      .sort((a, b) => Buffer.compare(encodeCanonical(a), encodeCanonical(b)))
    const name = keys.map((key) => `${key.length}:${key}`).join('')
    const again = this.seen.indexOf(`keys ${name}`)
    if (again >= 0) this.head(7, again)
    else {
      this.seen.push(`keys ${name}`)
      this.head(2, 5)
      this.bytes.push(...blake3(Buffer.from(name)).subarray(0, 8))
    }
    for (const key of keys) this.value(fields[key] as CanonicalValue)
  }
}

function bigEndian(value: bigint, length: number): number[] {
  return Array.from({ length }, (_, i) => Number((value >> BigInt(8 * (length - 1 - i))) & 255n))
}

function referenceHash(domain: string, value: CanonicalValue): string {
  const reference = new Reference()
  reference.text(domain)
  reference.value(value)
  return `0x${blake3(Uint8Array.from(reference.bytes)).toString('hex')}`
}

const hex = fc.uint8Array({ maxLength: 70 }).map((bytes) => `0x${Buffer.from(bytes).toString('hex')}`)
const word = fc.constantFrom('transfer', 'USER', '', '0x', '0xAB', '0xabc', '0x0g', 'süß', '0x00', '0x0é')
const key = fc.constantFrom('a', 'b', 'bb', 'kind', 'amount', 'Ü')
const { value } = fc.letrec<{ value: CanonicalValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true })),
    fc.oneof(fc.bigInt(), fc.bigInt({ min: -300n, max: 300n }), fc.bigInt({ min: 0n, max: 2n ** 64n })),
    fc.oneof(word, hex, fc.string({ unit: 'grapheme', maxLength: 60 })),
    fc.uint8Array({ maxLength: 40 }),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5 }),
  ),
}))

describe('a packed hash', () => {
  test('is that of the definition, whatever was hashed before', () => {
    fc.assert(
      fc.property(word, fc.array(value, { maxLength: 6 }), (domain, items) => {
        expect(packedHash(domain, items)).toBe(referenceHash(domain, items))
      }),
      { numRuns: 2_000 },
    )
  })

  test('does not depend on the order of keys, nor on fields that are undefined', () => {
    expect(packedHash('', { a: 1, b: { c: 2n, d: 'x' } })).toBe(
      packedHash('', { b: { d: 'x', e: undefined, c: 2n }, a: 1 }),
    )
  })

  test('differs where canonical bytes differ', () => {
    fc.assert(
      fc.property(value, value, (one, other) => {
        const isSame = Buffer.compare(encodeCanonical(one), encodeCanonical(other)) === 0
        expect(packedHash('', one) === packedHash('', other)).toBe(isSame)
      }),
      { numRuns: 2_000 },
    )
  })

  test.each<[string, unknown, unknown]>([
    ['text from the bytes that it spells', '0x0102', new Uint8Array([1, 2])],
    ['a number from a bigint', 1, 1n],
    ['minus zero from zero', -0, 0],
    ['an empty list from an empty object', [], {}],
    ['upper-case hex from lower-case hex', '0xAB', '0xab'],
    ['a text that comes again from its place', ['a', 'a'], ['a', 1]],
    ['keys from the same values under other keys', { a: 1, b: 2 }, { a: 1, c: 2 }],
    ['values under exchanged keys', { a: 1, b: 2 }, { a: 2, b: 1 }],
    ['two lists from one', [[1], [2]], [[1, 2]]],
  ])('tells %s', (_what, one, other) => {
    expect(packedHash('', one)).not.toBe(packedHash('', other))
  })

  test('of fields that are written one by one is that of their object, and in another order there is none', () => {
    const keys = packedKeys('b', 'z', 'aa')
    const pack = (value: { readonly aa: bigint; readonly b: string; readonly z: readonly number[] }) => {
      packKeys(keys)
      packText(value.b)
      packList(value.z.length)
      value.z.forEach(packNumber)
      packInteger(value.aa)
    }
    const object = { aa: -5n, b: 'text', z: [1, 2.5] }
    expect(packedHashBy('kind', object, pack)).toBe(packedHash('kind', object))
    expect(() => packedKeys('aa', 'b', 'z')).toThrow(expect.objectContaining({ code: 'E_INVARIANT' }))
  })

  test('tells kinds of things apart', () => {
    expect(packedHash('message', { a: 1 })).not.toBe(packedHash('payload', { a: 1 }))
  })

  test('of tables with more keys than are kept is the same each time', () => {
    const table = (names: number): Record<string, number> =>
      Object.fromEntries(Array.from({ length: names }, (_, i) => [`name-${(i * 7_919) % names}`, i]))
    const large = table(5_000)
    expect(packedHash('', [large, large])).toBe(referenceHash('', [large, large]))
    const other = { ...large, 'name-0': -1 }
    expect(packedHash('', other)).toBe(referenceHash('', other))
  })

  test('of more texts than are kept is the same each time', () => {
    const texts = Array.from({ length: 20_000 }, (_, i) => `text ${i % 17_000}`)
    expect(packedHash('', texts)).toBe(packedHash('', [...texts]))
  })

  test.each<[string, unknown, string]>([
    ['NaN', Number.NaN, 'E_NON_CANONICAL'],
    ['undefined in a list', [undefined], 'E_NON_CANONICAL'],
    ['a class instance', new Map(), 'E_NON_CANONICAL'],
    ['a lone surrogate', `${'x'.repeat(50)}\ud800`, 'E_NON_CANONICAL'],
    ['a short lone surrogate', '\ud800', 'E_NON_CANONICAL'],
    ['a key that reaches the prototype', JSON.parse('{"__proto__":1}'), 'E_NON_CANONICAL'],
  ])('refuses %s and goes on', (_what, bad, code) => {
    expect(() => packedHash('', bad)).toThrow(expect.objectContaining({ code }))
    expect(packedHash('', [1])).toBe(referenceHash('', [1]))
  })

  test('refuses a value that contains itself, and one that hashes while it is hashed', () => {
    const self: unknown[] = []
    self.push(self)
    expect(() => packedHash('', self)).toThrow(expect.objectContaining({ code: 'E_TOO_DEEP' }))
    const asks = {
      get a() {
        return packedHash('', 1)
      },
    }
    expect(() => packedHash('', asks)).toThrow(expect.objectContaining({ code: 'E_INVARIANT' }))
    expect(packedHash('', [1])).toBe(referenceHash('', [1]))
  })
})
