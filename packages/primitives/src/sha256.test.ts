import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesToHex, sha256 } from './index.ts'

test('digests are those of noble for every length around a block', () => {
  for (let length = 0; length <= 4 * 64 + 2; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 167 + length) & 255)
    expect(bytesToHex(sha256(bytes))).toBe(bytesToHex(nobleSha256(bytes)))
  }
})

test('digests are those of noble for any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5000 }), (bytes) => {
      expect(sha256(bytes)).toEqual(nobleSha256(bytes))
    }),
  )
})

test.each([203, 1_203])('a view that ends at %i is hashed as the bytes that it shows', (end) => {
  const bytes = Uint8Array.from({ length: 1_500 }, (_, i) => i & 255)
  expect(sha256(bytes.subarray(3, end))).toEqual(nobleSha256(bytes.slice(3, end)))
})

test('a digest is not overwritten by the next', () => {
  const first = sha256(new Uint8Array([1]))
  const before = bytesToHex(first)
  sha256(new Uint8Array([2]))
  expect(bytesToHex(first)).toBe(before)
})
