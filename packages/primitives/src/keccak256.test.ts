import { keccak_256 } from '@noble/hashes/sha3.js'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { bytesToHex, keccak256 } from './index.ts'
import { keccakF1600 } from './keccak-permutation.ts'
import { compiledSponge, plainSponge, type Sponge } from './keccak-sponge.ts'

test('the permutation of the zero state begins as published', () => {
  // KeccakF-1600-IntermediateValues.txt of the Keccak team (XKCP), first and last lane after one and two permutations.
  const state = new Int32Array(50)
  const lane = (i: number) =>
    (BigInt((state[2 * i + 1] as number) >>> 0) << 32n) | BigInt((state[2 * i] as number) >>> 0)
  keccakF1600(state)
  expect([lane(0), lane(24)]).toEqual([0xf1258f7940e1dde7n, 0xeaf1ff7b5ceca249n])
  keccakF1600(state)
  expect([lane(0), lane(24)]).toEqual([0x2d5c954df96ecb3cn, 0x20d06cd26a8fbf5cn])
})

describe.each([
  ['compiled', compiledSponge() as Sponge],
  ['plain', plainSponge],
])('the %s sponge', (_, sponge) => {
  const digestOf = (bytes: Uint8Array): Uint8Array => {
    const digest = new Uint8Array(32)
    sponge(bytes, digest)
    return digest
  }

  test('digests are those of noble for every length around the rate, and around a page of memory', () => {
    const lengths = [
      ...Array(3 * 136 + 3).keys(),
      ...[-1, 0, 1, 136].map((more) => 478 * 136 + more),
      200_000,
    ]
    for (const length of lengths) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 167 + length) & 255)
      expect(bytesToHex(digestOf(bytes))).toBe(bytesToHex(keccak_256(bytes)))
    }
  })

  test('digests are those of noble for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        expect(digestOf(bytes)).toEqual(keccak_256(bytes))
      }),
    )
  })
})

test('without WebAssembly there is no compiled sponge', () => {
  vi.stubGlobal('WebAssembly', undefined)
  expect(compiledSponge()).toBeNull()
  vi.unstubAllGlobals()
})

test('a digest is not overwritten by the next', () => {
  const first = keccak256(new Uint8Array([1]))
  const before = bytesToHex(first)
  keccak256(new Uint8Array([2]))
  expect(bytesToHex(first)).toBe(before)
})
