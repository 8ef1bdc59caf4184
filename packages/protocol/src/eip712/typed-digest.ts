// The last step of EIP-712: keccak256(0x1901 ‖ domain separator ‖ struct hash), and remembering it.
import { type Hash32, keccak256, keccakHex } from '@solvent/primitives'
import { keccakOfText } from './domain.ts'
import { wordBuffer } from './word.ts'

const preimage = new Uint8Array(66)
preimage[0] = 0x19
preimage[1] = 0x01

/** The digest of a struct, given its encoded words (type hash first). */
export function typedDigest(separator: Uint8Array, encodedStruct: Uint8Array): Hash32 {
  preimage.set(separator, 2)
  preimage.set(keccak256(encodedStruct), 34)
  return keccakHex(preimage)
}

/** A reusable buffer for a struct of `fields` static fields, with the type hash in word 0. */
export function structBuffer(type: string, fields: number): Uint8Array {
  const buffer = wordBuffer(1 + fields)
  buffer.set(keccakOfText(type), 0)
  return buffer
}

/**
 * Remembers a digest for as long as its object lives. Artefacts are immutable: one that is changed in place
 * after its first digest keeps the old one, a copy (`{...order, nonce}`) gets its own.
 */
export function digestOnce<T extends object>(compute: (value: T) => Hash32): (value: T) => Hash32 {
  const known = new WeakMap<T, Hash32>()
  return (value) => {
    const digest = known.get(value)
    if (digest !== undefined) return digest
    const fresh = compute(value)
    known.set(value, fresh)
    return fresh
  }
}
