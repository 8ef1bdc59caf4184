/**
 * Keccak-256 as Ethereum uses it: rate 136 bytes, the original padding (0x01 … 0x80), not that of SHA3-256.
 *
 * Noble's is the reference it is tested against; this one exists for its speed on the short inputs of EIP-712.
 */
import { keccakF1600 } from './keccak-permutation.ts'

const RATE_BYTES = 136
const RATE_WORDS = RATE_BYTES / 4
const DIGEST_BYTES = 32

const state = new Int32Array(50)

/**
 * Keccak-256 of bytes: 32 bytes.
 *
 * @param digest where they are put; 32 new bytes unless given
 * @example bytesToHex(keccak256(new Uint8Array())) // '0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470'
 */
export function keccak256(bytes: Uint8Array, digest = new Uint8Array(DIGEST_BYTES)): Uint8Array {
  state.fill(0)
  let at = 0
  for (; at + RATE_BYTES <= bytes.length; at += RATE_BYTES) {
    for (let word = 0; word < RATE_WORDS; word++) {
      const i = at + 4 * word
      const low = (bytes[i] as number) | ((bytes[i + 1] as number) << 8)
      state[word] =
        (state[word] as number) ^ (low | ((bytes[i + 2] as number) << 16) | ((bytes[i + 3] as number) << 24))
    }
    keccakF1600(state)
  }
  for (let i = 0; at + i < bytes.length; i++) absorbByte(i, bytes[at + i] as number)
  absorbByte(bytes.length - at, 0x01)
  absorbByte(RATE_BYTES - 1, 0x80)
  keccakF1600(state)
  for (let i = 0; i < DIGEST_BYTES; i++) digest[i] = (state[i >> 2] as number) >>> (8 * (i & 3))
  return digest
}

function absorbByte(position: number, byte: number): void {
  const word = position >> 2
  state[word] = (state[word] as number) ^ (byte << (8 * (position & 3)))
}
