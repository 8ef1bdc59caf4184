// From a subtree up to a root. Ways under one root have their upper part in common: it is hashed once and then compared,
// which leaves two or three hashes of thirty-two to a message whose neighbour came before it.
import { bytesToHex, equalBytes, type Hash32 } from '@solvent/primitives'
import { emptySubtree, emptySubtreeText, nodeHash, OUTBOX_DEPTH, putHash } from './outbox-tree.ts'

/** A subtree, and the siblings from there on. */
export interface Start {
  readonly height: number
  /** Among the subtrees of its height, from the left. */
  readonly place: number
  /** Lowest first; the last is not empty, and all above it are. */
  readonly path: readonly Hash32[]
}

/** A way that leads to its root; the next one under the same root takes its place. */
interface Way {
  start: Start
  /** The subtrees on it, from its start on. */
  subtrees: Uint8Array[]
}

/** Roots of which a way is remembered at most; the oldest is forgotten. */
const MAX_WAYS = 64
const ways = new Map<Hash32, Way>()
/** The sibling at hand, and by height the subtrees on the way at hand. */
const sibling = new Uint8Array(32)
const walked = Array.from({ length: OUTBOX_DEPTH + 1 }, () => new Uint8Array(32))

/** Where the subtree is put from which `climbsTo` starts. */
export function subtreeAt(height: number): Uint8Array {
  return walked[height] as Uint8Array
}

/**
 * Whether the subtree that has been put there leads to the root; not when the path goes beyond the top of a tree, ends with an
 * empty sibling, or is too short for the place.
 */
export function climbsTo(root: Hash32, start: Start): boolean {
  const { height: from, place, path } = start
  const top = from + path.length
  if (top > OUTBOX_DEPTH) return false
  if (path.length > 0 && path[path.length - 1] === emptySubtreeText(top - 1)) return false
  const known = ways.get(root)
  const common = known === undefined ? top : commonFrom(known.start, start)
  let subtree = subtreeAt(from)
  let at = place
  // Where the known way is at the height at hand; -1 below its start.
  let knownAt = known === undefined ? -1 : placeAt(known.start, from)
  for (let height = from; height < top; height++) {
    if (known !== undefined && height >= common && at === knownAt) {
      const met = height - known.start.height
      if (equalBytes(known.subtrees[met] as Uint8Array, subtree)) {
        joins(known, start, height)
        return true
      }
    }
    putHash(sibling, 0, path[height - from] as Hash32)
    const above = subtreeAt(height + 1)
    subtree = at % 2 === 0 ? nodeHash(subtree, sibling, above) : nodeHash(sibling, subtree, above)
    at = Math.floor(at / 2)
    if (knownAt >= 0) knownAt = Math.floor(knownAt / 2)
    else if (height + 1 === known?.start.height) knownAt = known.start.place
  }
  if (at !== 0) return false
  for (let height = top; height < OUTBOX_DEPTH; height++) subtree = nodeHash(subtree, emptySubtree(height))
  if (bytesToHex(subtree) !== root) return false
  remember(root, { start, subtrees: walked.slice(from, top).map((each) => each.slice()) })
  return true
}

/** The place of a way at a height; -1 below its start. */
function placeAt({ height, place }: Start, at: number): number {
  if (at < height) return -1
  let left = place
  for (let up = height; up < at; up++) left = Math.floor(left / 2)
  return left
}

/** The height from which on two ways have the same siblings; the top of the second where they do not end there both. */
function commonFrom(a: Start, b: Start): number {
  let height = b.height + b.path.length
  if (a.height + a.path.length !== height) return height
  const lowest = Math.max(a.height, b.height)
  while (height > lowest && a.path[height - 1 - a.height] === b.path[height - 1 - b.height]) height--
  return height
}

/** A way that has met the known one at a height takes its place. */
function joins(known: Way, start: Start, height: number): void {
  const { height: from } = start
  if (known.start.height === from)
    for (let below = from; below < height; below++) known.subtrees[below - from]?.set(subtreeAt(below))
  else
    known.subtrees = [
      ...walked.slice(from, height).map((each) => each.slice()),
      ...known.subtrees.slice(height - known.start.height),
    ]
  known.start = start
}

function remember(root: Hash32, way: Way): void {
  if (!ways.has(root) && ways.size >= MAX_WAYS) ways.delete(ways.keys().next().value as Hash32)
  ways.set(root, way)
}
