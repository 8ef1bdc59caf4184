// Whether a message is in a chain's outbox: the digest, hashed with the siblings on its way up, gives the root.
// Source: is_valid_merkle_branch of ethereum/consensus-specs. A path ends with the last sibling that is not empty: what is
// above follows from its length.
import type { Hash32 } from '@solvent/primitives'
import { leafHash } from './outbox-tree.ts'
import { climbsTo, subtreeAt } from './way-to-root.ts'

/** Where a message stands in its chain's outbox, and what leads from there to the root. */
export interface OutboxPath {
  /** The message's place: 0 for the first that the chain sent. */
  readonly leaf: number
  /** At most 32 siblings, lowest first; the last is not empty, and all above it are. */
  readonly path: readonly Hash32[]
}

/**
 * Whether a digest in this place leads to the root; not when the path is longer than the tree is high, ends with an empty
 * sibling, or is too short for the place.
 */
export function leadsTo(root: Hash32, digest: Hash32, { leaf, path }: OutboxPath): boolean {
  if (leaf < 0) return false
  leafHash(digest, subtreeAt(0))
  return climbsTo(root, { height: 0, place: leaf, path })
}
