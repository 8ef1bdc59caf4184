// Whether a message is in a chain's outbox: the digest, hashed with the siblings on its way up, gives the root.
// Source: is_valid_merkle_branch of ethereum/consensus-specs.
import { bytesToHex, type Hash32, hexToBytes } from '@solvent/primitives'
import { leafHash, MAX_OUTBOX_LEAVES, nodeHash, OUTBOX_DEPTH } from './outbox-tree.ts'

/** Where a message stands in its chain's outbox, and what leads from there to the root. */
export interface OutboxPath {
  /** The message's place: 0 for the first that the chain sent. */
  readonly leaf: number
  /** 32 siblings, lowest first. */
  readonly path: readonly Hash32[]
}

/** The root that a digest in this place leads to, or null when the path has not 32 siblings or the place is none. */
export function outboxRootOf(digest: Hash32, { leaf, path }: OutboxPath): Hash32 | null {
  if (path.length !== OUTBOX_DEPTH || leaf < 0 || leaf >= MAX_OUTBOX_LEAVES) return null
  let subtree = leafHash(digest)
  let at = leaf
  for (const sibling of path) {
    const other = hexToBytes(sibling)
    subtree = at % 2 === 0 ? nodeHash(subtree, other) : nodeHash(other, subtree)
    at = Math.floor(at / 2)
  }
  return bytesToHex(subtree) as Hash32
}
