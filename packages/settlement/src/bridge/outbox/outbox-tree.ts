// The Merkle tree over the digests of all messages that a chain has sent since genesis: append-only, depth 32, as in
// Ethereum's deposit contract (ethereum/consensus-specs, solidity_deposit_contract: `branch`, `zero_hashes`), with
// BLAKE3, which mixes in how much it hashes: a leaf's 32 bytes never have the hash of a node's 64, so that no node can be
// passed off as a message and no message as an empty place without prefixes (RFC 6962, section 2.1) that would make a node two
// blocks; the count of leaves need not be mixed in.
import { blake3OfView, bytesToHex, type Hash32, hexInto, hexToBytes } from '@solvent/primitives'

/** Levels between a leaf and the root: room for 2^32 messages. */
export const OUTBOX_DEPTH = 32

const HASH_BYTES = 32
const node = new Uint8Array(2 * HASH_BYTES)
/** A leaf's bytes are hashed where a node's first are. */
const view = new DataView(node.buffer)

/**
 * BLAKE3(digest).
 *
 * @param target where it is put; 32 new bytes unless given
 */
export function leafHash(digest: Hash32, target: Uint8Array = new Uint8Array(HASH_BYTES)): Uint8Array {
  putHash(node, 0, digest)
  return blake3OfView(view, HASH_BYTES, target)
}

/**
 * Writes the bytes of a hash.
 *
 * @throws E_BAD_HEX, and a RangeError for what is longer than there is room
 */
export function putHash(target: Uint8Array, at: number, hash: Hash32): void {
  const isHash = hash.length === 2 + 2 * HASH_BYTES
  if (!isHash || !hexInto(target, at, hash)) target.set(hexToBytes(hash), at)
}

/**
 * BLAKE3(left ‖ right).
 *
 * @param target where it is put, which may be one of the two; 32 new bytes unless given
 */
export function nodeHash(
  left: Uint8Array,
  right: Uint8Array,
  target: Uint8Array = new Uint8Array(HASH_BYTES),
): Uint8Array {
  for (let i = 0; i < HASH_BYTES; i++) {
    node[i] = left[i] as number
    node[HASH_BYTES + i] = right[i] as number
  }
  return blake3OfView(view, 2 * HASH_BYTES, target)
}

/** The root of an empty subtree of each height, 0 to 32; an empty leaf is 32 zero bytes. */
const emptySubtrees: readonly Uint8Array[] = (() => {
  const subtrees: Uint8Array[] = [new Uint8Array(HASH_BYTES)]
  for (let height = 0; height < OUTBOX_DEPTH; height++) {
    const below = subtrees[height] as Uint8Array
    subtrees.push(nodeHash(below, below))
  }
  return subtrees
})()

/** The root of an empty subtree of a height between 0 and 32. */
export function emptySubtree(height: number): Uint8Array {
  return emptySubtrees[height] as Uint8Array
}

const emptyTexts = emptySubtrees.map((subtree) => bytesToHex(subtree) as Hash32)

/** The same as text. */
export function emptySubtreeText(height: number): Hash32 {
  return emptyTexts[height] as Hash32
}

/** The outbox root of a chain that has sent nothing. */
export const EMPTY_OUTBOX_ROOT: Hash32 = emptySubtreeText(OUTBOX_DEPTH)
