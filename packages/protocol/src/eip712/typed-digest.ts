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

/** How many objects a memory may hold twice over before the older half is dropped. */
const REMEMBERED = 4_096

/**
 * Remembers the digests of the objects seen last: an artefact is looked at by many nodes within a short time. Artefacts
 * are immutable: one that is changed in place keeps its old digest, a copy (`{...order, nonce}`) gets its own.
 *
 * Two maps, of which the older is dropped when the younger is full. A WeakMap would remember for ever, but it keeps every
 * key alive until the next full garbage collection, which costs four times as much.
 *
 * @param remembered objects in each map
 */
export function digestOnce<T extends object>(
  compute: (value: T) => Hash32,
  remembered = REMEMBERED,
): (value: T) => Hash32 {
  let young = new Map<T, Hash32>()
  let old = new Map<T, Hash32>()
  return (value) => {
    const known = young.get(value) ?? old.get(value)
    if (known !== undefined) return known
    const digest = compute(value)
    if (young.size >= remembered) {
      old = young
      young = new Map()
    }
    young.set(value, digest)
    return digest
  }
}
