// The last step of EIP-712: keccak256(0x1901 ‖ domain separator ‖ struct hash).
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
