// The Merkle tree over the digests of all messages that a chain has sent since genesis: append-only, depth 32, as in
// Ethereum's deposit contract (ethereum/consensus-specs, solidity_deposit_contract: `branch`, `zero_hashes`), with
// SHA-256. Leaves and nodes are hashed under different prefixes (RFC 6962, section 2.1), so that no node can be passed
// off as a message and no message as an empty place; the count of leaves need not be mixed in.
import { bytesToHex, type Hash32, hexInto, hexToBytes, sha256 } from '@solvent/primitives'

/** Levels between a leaf and the root: room for 2^32 messages. */
export const OUTBOX_DEPTH = 32

const HASH_BYTES = 32
const LEAF_PREFIX = 0
const NODE_PREFIX = 1
const leaf = new Uint8Array(1 + HASH_BYTES)
const node = new Uint8Array(1 + 2 * HASH_BYTES)

/**
 * SHA-256(0 ‖ digest).
 *
 * @param target where it is put; 32 new bytes unless given
 */
export function leafHash(digest: Hash32, target?: Uint8Array): Uint8Array {
  leaf[0] = LEAF_PREFIX
  putHash(leaf, 1, digest)
  return sha256(leaf, target)
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
 * SHA-256(1 ‖ left ‖ right).
 *
 * @param target where it is put, which may be one of the two; 32 new bytes unless given
 */
export function nodeHash(left: Uint8Array, right: Uint8Array, target?: Uint8Array): Uint8Array {
  node[0] = NODE_PREFIX
  node.set(left, 1)
  node.set(right, 1 + HASH_BYTES)
  return sha256(node, target)
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
