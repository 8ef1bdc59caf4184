// Whether a message is in a chain's outbox: the digest, hashed with the siblings on its way up, gives the root.
// Source: is_valid_merkle_branch of ethereum/consensus-specs. Proofs under one root have the upper part of their way in
// common: it is hashed once and then compared, which leaves two or three hashes of thirty-two to a message whose
// neighbour came before it. A path ends with the last sibling that is not empty: what is above follows from its length.
import { bytesToHex, equalBytes, type Hash32 } from '@solvent/primitives'
import { emptySubtree, emptySubtreeText, leafHash, nodeHash, OUTBOX_DEPTH, putHash } from './outbox-tree.ts'

/** Where a message stands in its chain's outbox, and what leads from there to the root. */
export interface OutboxPath {
  /** The message's place: 0 for the first that the chain sent. */
  readonly leaf: number
  /** At most 32 siblings, lowest first; the last is not empty, and all above it are. */
  readonly path: readonly Hash32[]
}

/** A way that leads to its root; the next one under the same root takes its place. */
interface Way {
  leaf: number
  path: readonly Hash32[]
  /** By height: the roots of the subtrees on it, the message's leaf first. */
  readonly subtrees: Uint8Array[]
}

/** Roots of which a way is remembered at most; the oldest is forgotten. */
const MAX_WAYS = 64
const ways = new Map<Hash32, Way>()
/** The sibling at hand, and the subtrees on the way at hand. */
const sibling = new Uint8Array(32)
const walked = Array.from({ length: OUTBOX_DEPTH + 1 }, () => new Uint8Array(32))

/**
 * Whether a digest in this place leads to the root; not when the path is longer than the tree is high, ends with an empty
 * sibling, or is too short for the place.
 */
export function leadsTo(root: Hash32, digest: Hash32, { leaf, path }: OutboxPath): boolean {
  const { length } = path
  if (length > OUTBOX_DEPTH || leaf < 0) return false
  if (length > 0 && path[length - 1] === emptySubtreeText(length - 1)) return false
  const known = ways.get(root)
  const common = known === undefined ? length : commonFrom(known.path, path)
  let subtree = leafHash(digest, walked[0])
  let at = leaf
  let knownAt = known?.leaf
  for (let height = 0; height < length; height++) {
    const met = at === knownAt && height >= common ? known?.subtrees[height] : undefined
    if (known !== undefined && met !== undefined && equalBytes(met, subtree)) {
      known.leaf = leaf
      known.path = path
      for (let below = 0; below < height; below++) known.subtrees[below]?.set(walked[below] as Uint8Array)
      return true
    }
    putHash(sibling, 0, path[height] as Hash32)
    const above = walked[height + 1]
    subtree = at % 2 === 0 ? nodeHash(subtree, sibling, above) : nodeHash(sibling, subtree, above)
    at = Math.floor(at / 2)
    if (knownAt !== undefined) knownAt = Math.floor(knownAt / 2)
  }
  if (at !== 0) return false
  for (let height = length; height < OUTBOX_DEPTH; height++) subtree = nodeHash(subtree, emptySubtree(height))
  if (bytesToHex(subtree) !== root) return false
  remember(root, { leaf, path, subtrees: walked.slice(0, length).map((each) => each.slice()) })
  return true
}

/** The height from which on two paths have the same siblings; that of the top where they are not of one length. */
function commonFrom(a: readonly Hash32[], b: readonly Hash32[]): number {
  let height = b.length
  if (a.length !== height) return height
  while (height > 0 && a[height - 1] === b[height - 1]) height--
  return height
}

function remember(root: Hash32, way: Way): void {
  if (!ways.has(root) && ways.size >= MAX_WAYS) ways.delete(ways.keys().next().value as Hash32)
  ways.set(root, way)
}
