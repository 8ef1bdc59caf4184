// Where a digest leads in a Merkle tree of depth 32 with the siblings on its way: leaf = BLAKE3(digest),
// node = BLAKE3(left ‖ right), an empty leaf is 32 zero bytes; beyond the last sibling of a path all are empty. The audit's own code for the trees of outboxes and
// bundles.
import { blake3, bytesToHex, type Hash32, hexToBytes } from '@solvent/primitives'

export const DEPTH = 32

const HASH_BYTES = 32
const node = new Uint8Array(2 * HASH_BYTES)

/** The root, or null when the path has more than 32 siblings or too few for the place. */
export function rootOfPath(
  digest: Hash32,
  { leaf: place, path }: { readonly leaf: number; readonly path: readonly Hash32[] },
): Hash32 | null {
  if (path.length > DEPTH) return null
  let root = leafHash(digest)
  let at = place
  for (const sibling of path) {
    const other = hexToBytes(sibling)
    root = at % 2 === 0 ? nodeHash(root, other) : nodeHash(other, root)
    at = Math.floor(at / 2)
  }
  if (at !== 0) return null
  for (let height = path.length; height < DEPTH; height++) root = nodeHash(root, emptySubtrees[height]!)
  return bytesToHex(root) as Hash32
}

/**
 * The root over several digests, or null when places and digests differ in number, places do not increase, or siblings are
 * missing or left over. A level of the tree is a map from places to subtrees.
 */
export function rootOfPaths(
  digests: readonly Hash32[],
  { leaves, siblings }: { readonly leaves: readonly number[]; readonly siblings: readonly Hash32[] },
): Hash32 | null {
  if (digests.length === 0 || digests.length !== leaves.length) return null
  if (leaves.some((leaf, i) => i > 0 && leaf <= leaves[i - 1]!)) return null
  let level = new Map(leaves.map((leaf, i) => [leaf, leafHash(digests[i]!)]))
  let used = 0
  for (let height = 0; height < DEPTH; height++) {
    const above = new Map<number, Uint8Array>()
    const isTop = level.size === 1 && used === siblings.length
    for (const [place, subtree] of level) {
      const parent = Math.floor(place / 2)
      if (above.has(parent)) continue
      const beside = place % 2 === 0 ? place + 1 : place - 1
      let other = level.get(beside)
      if (other === undefined) {
        if (!isTop && used === siblings.length) return null
        other = isTop ? emptySubtrees[height]! : hexToBytes(siblings[used++]!)
      }
      above.set(parent, place % 2 === 0 ? nodeHash(subtree, other) : nodeHash(other, subtree))
    }
    level = above
  }
  const root = level.get(0)
  return root === undefined || level.size > 1 || used < siblings.length ? null : (bytesToHex(root) as Hash32)
}

export function leafHash(digest: Hash32): Uint8Array {
  return blake3(hexToBytes(digest))
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  node.set(left)
  node.set(right, HASH_BYTES)
  return blake3(node)
}

/** Roots of subtrees in which nothing is, by height. */
export const emptySubtrees: readonly Uint8Array[] = (() => {
  const subtrees: Uint8Array[] = [new Uint8Array(HASH_BYTES)]
  while (subtrees.length <= DEPTH) subtrees.push(nodeHash(subtrees.at(-1)!, subtrees.at(-1)!))
  return subtrees
})()
