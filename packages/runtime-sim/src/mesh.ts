// Who passes a topic's gossip on to whom: a random graph over the subscribers in which everyone has about
// `degree` neighbours and everyone can be reached, as gossipsub's mesh maintenance brings about.
import type { RandomStream } from '@solvent/ports'

/**
 * Neighbours of each subscriber.
 *
 * A ring in random order makes the mesh connected; further random chords bring every node to the degree.
 *
 * @param subscribers node indices, distinct
 * @returns node index → neighbours, symmetric, no node its own neighbour
 */
export function buildMesh(subscribers: readonly number[], degree: number, stream: RandomStream): Map<number, Int32Array> {
  const order = stream.shuffle(subscribers)
  const neighbours = new Map<number, Set<number>>(order.map((node) => [node, new Set()]))
  const link = (a: number, b: number) => {
    neighbours.get(a)!.add(b)
    neighbours.get(b)!.add(a)
  }
  if (order.length > 1) order.forEach((node, index) => link(node, order[(index + 1) % order.length]!))
  const wanted = Math.min(degree, order.length - 1)
  for (const node of order) {
    const own = neighbours.get(node)!
    if (order.length - 1 <= degree) {
      for (const other of order) if (other !== node) link(node, other)
    }
    while (own.size < wanted) {
      const other = stream.pick(order)
      if (other !== node) link(node, other)
    }
  }
  return new Map([...neighbours].map(([node, set]) => [node, Int32Array.from(set).sort()]))
}
