import { asNodeId, type NodeId } from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gossipNeighbours } from './gossip-topology.ts'

const names = (count: number): NodeId[] => Array.from({ length: count }, (_, i) => asNodeId(`n${i}`))

function graph(ids: readonly NodeId[], degree: number): Map<NodeId, Set<NodeId>> {
  const edges = new Map(ids.map((id) => [id, new Set<NodeId>()]))
  for (const id of ids) {
    for (const other of gossipNeighbours(ids, id, degree).dial) {
      edges.get(id)?.add(other)
      edges.get(other)?.add(id)
    }
  }
  return edges
}

function reachable(edges: Map<NodeId, Set<NodeId>>, from: NodeId): number {
  const seen = new Set([from])
  const open = [from]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const next of edges.get(at) ?? []) {
      if (!seen.has(next)) {
        seen.add(next)
        open.push(next)
      }
    }
  }
  return seen.size
}

const sizes = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 12 }))

describe('gossip topology', () => {
  it('is connected and has each pair dialled from exactly one side', () => {
    fc.assert(
      fc.property(sizes, ([count, degree]) => {
        const ids = names(count)
        const pairs = new Set<string>()
        for (const id of ids) {
          const { dial, expect: expected } = gossipNeighbours(ids, id, degree)
          expect(dial).not.toContain(id)
          for (const other of dial) {
            expect(pairs.has(`${other} ${id}`)).toBe(false)
            pairs.add(`${id} ${other}`)
            expect(gossipNeighbours(ids, other, degree).expect).toContain(id)
          }
          expect(new Set([...dial, ...expected]).size).toBe(dial.length + expected.length)
        }
        expect(reachable(graph(ids, degree), ids[0] as NodeId)).toBe(count)
      }),
    )
  })

  it('gives every node the degree, rounded up to even, or everyone', () => {
    fc.assert(
      fc.property(sizes, ([count, degree]) => {
        const ids = names(count)
        const wanted = Math.min(count - 1, 2 * Math.max(1, Math.ceil(degree / 2)))
        for (const [, others] of graph(ids, degree)) expect(others.size).toBe(wanted)
      }),
    )
  })

  it('does not depend on the order of the table', () => {
    const ids = names(16)
    expect(gossipNeighbours([...ids].reverse(), ids[3] as NodeId, 6)).toEqual(
      gossipNeighbours(ids, ids[3] as NodeId, 6),
    )
  })
})
