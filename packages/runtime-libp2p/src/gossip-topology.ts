// Who connects to whom for gossip: a circulant graph over the sorted names, the same computed by every node from
// the same table. A ring and chords at growing distances keep it connected with a small diameter, and each pair is
// dialled from one side only. Few peers make a complete graph.
import type { NodeId } from '@solvent/primitives'

export interface GossipNeighbours {
  /** This node dials them. */
  readonly dial: readonly NodeId[]
  /** They dial this node. */
  readonly expect: readonly NodeId[]
}

/**
 * The gossip neighbours of one node.
 *
 * @param degree neighbours a node has, counting both directions; rounded up to even, at least 2
 * @example gossipNeighbours(['a', 'b', 'c'], 'a', 6) // { dial: ['b'], expect: ['c'] }
 */
export function gossipNeighbours(names: readonly NodeId[], self: NodeId, degree: number): GossipNeighbours {
  const ring = [...new Set([...names, self])].sort((a, b) => (a < b ? -1 : 1))
  const at = ring.indexOf(self)
  const dial: NodeId[] = []
  const expect: NodeId[] = []
  for (const step of steps(ring.length, degree)) {
    const ahead = ring[(at + step) % ring.length] as NodeId
    const behind = ring[(at - step + ring.length) % ring.length] as NodeId
    // Half-way round, both see the other ahead: the lower name dials.
    if (ahead === behind) (self < ahead ? dial : expect).push(ahead)
    else {
      dial.push(ahead)
      expect.push(behind)
    }
  }
  return { dial, expect }
}

/** Distances of the chords: 1, then spread evenly up to half-way round. */
function steps(size: number, degree: number): number[] {
  const farthest = Math.floor(size / 2)
  const wanted = Math.min(farthest, Math.max(1, Math.ceil(degree / 2)))
  const chosen = new Set<number>()
  for (let i = 0; i < wanted; i++) {
    let step = wanted === 1 ? 1 : 1 + Math.round((i * (farthest - 1)) / wanted)
    while (chosen.has(step)) step++
    chosen.add(step)
  }
  return [...chosen]
}
