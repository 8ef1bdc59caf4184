import { blake3 as nobleBlake3 } from '@noble/hashes/blake3.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blake3, bytesToHex } from './index.ts'

/** The bytes of the published test vectors: 0, 1, …, 250, 0, 1, … */
const vector = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i % 251)

// BLAKE3-team/BLAKE3, test_vectors/test_vectors.json: the first 32 bytes of `hash`.
test.each([
  [0, 'af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262'],
  [1, '2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213'],
  [1_024, '42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7'],
  [1_025, 'd00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444'],
])('the digest of %i bytes is the published one', (length, digest) => {
  expect(bytesToHex(blake3(vector(length)))).toBe(`0x${digest}`)
})

test('digests are those of noble for every length around blocks and chunks', () => {
  for (const edge of [64, 128, 1_024, 2_048, 3_072, 4_096, 5_120, 8_192, 31_744]) {
    for (let length = edge - 2; length <= edge + 2; length++) {
      const bytes = vector(length)
      expect(bytesToHex(blake3(bytes)), `${length}`).toBe(bytesToHex(nobleBlake3(bytes)))
    }
  }
})

test('digests are those of noble for any bytes, wherever they stand', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5_000 }), fc.nat({ max: 70 }), (bytes, from) => {
      expect(blake3(bytes.subarray(from))).toEqual(nobleBlake3(bytes.slice(from)))
    }),
  )
})

test('a digest is not overwritten by the next', () => {
  const first = blake3(new Uint8Array([1]))
  const before = bytesToHex(first)
  blake3(new Uint8Array([2]))
  expect(bytesToHex(first)).toBe(before)
})
