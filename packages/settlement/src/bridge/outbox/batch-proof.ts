// Several messages of one outbox under its root at once: what two of them have in common is hashed once, and a sibling that is
// the way of another is not handed in. Sources: calculate_multi_merkle_root of ethereum/consensus-specs (siblings in the
// order in which they are used), MerkleMultiProof of Chainlink CCIP.
import type { Hash32 } from '@solvent/primitives'
import type { BatchPath } from '@solvent/protocol'
import type { OutboxPath } from './outbox-proof.ts'
import { leafHash, nodeHash, OUTBOX_DEPTH, putHash } from './outbox-tree.ts'
import { climbsTo, subtreeAt } from './way-to-root.ts'

/** The sibling at hand, the subtrees of a level from the left, and their places. */
const sibling = new Uint8Array(32)
const subtrees: Uint8Array[] = []
const places: number[] = []

/**
 * Whether digests in these places lead to the root together; not when the places do not increase, a sibling is missing or
 * left over, or the last one is empty where a single way is left.
 */
export function leadTogether(
  root: Hash32,
  digests: readonly Hash32[],
  { leaves, siblings }: BatchPath,
): boolean {
  if (digests.length === 0 || digests.length !== leaves.length) return false
  for (let i = 0; i < digests.length; i++) {
    const leaf = leaves[i] as number
    if (leaf <= (i === 0 ? -1 : (leaves[i - 1] as number))) return false
    subtrees[i] ??= new Uint8Array(32)
    leafHash(digests[i] as Hash32, subtrees[i])
    places[i] = leaf
  }
  let used = 0
  let height = 0
  for (let count = digests.length; count > 1; height++) {
    const level = height < OUTBOX_DEPTH ? pairUp(count, siblings, used) : null
    if (level === null) return false
    count = level.count
    used = level.used
  }
  subtreeAt(height).set(subtrees[0] as Uint8Array)
  const path = used === 0 ? siblings : siblings.slice(used)
  return climbsTo(root, { height, place: places[0] as number, path })
}

/** One level up: neighbours that are both there make their parent, the others take a sibling each. Null when there are too few. */
function pairUp(
  count: number,
  siblings: readonly Hash32[],
  from: number,
): { count: number; used: number } | null {
  let above = 0
  let used = from
  for (let i = 0; i < count; above++) {
    const place = places[i] as number
    const own = subtrees[i] as Uint8Array
    const parent = subtrees[above] as Uint8Array
    const isLeft = place % 2 === 0
    if (isLeft && i + 1 < count && places[i + 1] === place + 1) {
      nodeHash(own, subtrees[i + 1] as Uint8Array, parent)
      i += 2
    } else {
      const other = siblings[used++]
      if (other === undefined) return null
      putHash(sibling, 0, other)
      if (isLeft) nodeHash(own, sibling, parent)
      else nodeHash(sibling, own, parent)
      i++
    }
    places[above] = Math.floor(place / 2)
  }
  return { count: above, used }
}

/**
 * The proof of several messages from the proofs of each under the same root.
 *
 * @param paths in the order of their places; at least one
 */
export function joinPaths(paths: readonly OutboxPath[]): BatchPath {
  const siblings: Hash32[] = []
  let ways = paths
  let at = paths.map(({ leaf }) => leaf)
  let height = 0
  for (; ways.length > 1; height++) {
    const above: OutboxPath[] = []
    const aboveAt: number[] = []
    for (let i = 0; i < ways.length; ) {
      const way = ways[i] as OutboxPath
      const place = at[i] as number
      const isPair = place % 2 === 0 && at[i + 1] === place + 1
      if (!isPair) siblings.push(way.path[height] as Hash32)
      above.push(way)
      aboveAt.push(Math.floor(place / 2))
      i += isPair ? 2 : 1
    }
    ways = above
    at = aboveAt
  }
  const rest = (ways[0] as OutboxPath).path.slice(height)
  return { leaves: paths.map(({ leaf }) => leaf), siblings: [...siblings, ...rest] }
}
