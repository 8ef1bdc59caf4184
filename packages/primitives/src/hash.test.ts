import { expect, test } from 'vitest'
import { encodeCanonical, hashCanonical, keccak256, keccakHex, sha256, sha256Hex } from './index.ts'

const ascii = (text: string) => new Uint8Array(Buffer.from(text, 'ascii'))

test('SHA-256 gives the digests of the NIST examples', () => {
  // FIPS 180-4, "SHA-256 examples" (csrc.nist.gov): "abc", the 448-bit message, one million times "a".
  expect(sha256Hex(ascii('abc'))).toBe('0xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(sha256Hex(ascii('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'))).toBe(
    '0x248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  )
  expect(sha256Hex(ascii('a'.repeat(1_000_000)))).toBe(
    '0xcdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0',
  )
  expect(sha256(ascii('abc'))).toHaveLength(32)
})

test('Keccak-256 is that of Ethereum', () => {
  // Ethereum Yellow Paper, appendix on the empty account's code hash; ERC-20's Transfer topic (EIP-20).
  expect(keccakHex(new Uint8Array())).toBe(
    '0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470',
  )
  expect(keccakHex(ascii('Transfer(address,address,uint256)'))).toBe(
    '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef',
  )
  expect(keccak256(ascii('x'))).toHaveLength(32)
})

test('the hash of a value is SHA-256 of its canonical bytes, whatever the order of its keys', () => {
  expect(hashCanonical({ b: 1, a: 2n })).toBe(sha256Hex(encodeCanonical({ a: 2n, b: 1 })))
  expect(hashCanonical({ a: 2n })).not.toBe(hashCanonical({ a: 2 }))
})
