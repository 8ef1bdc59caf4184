import { createStreams } from '@solvent/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LinkTable } from './link-table.ts'
import { TopicMesh } from './topic-mesh.ts'

const NODES = 64

function createMesh(seed: string, degree: number, links = new LinkTable(NODES)) {
  const streams = createStreams(seed)
  const streamOf = (purpose: string | number) => streams.stream(String(purpose))
  return { mesh: new TopicMesh({ name: 'news', ordinal: 0, nodes: NODES, degree, links, streamOf }), links }
}

function rowsOf(mesh: TopicMesh): number[][] {
  mesh.freshen()
  return Array.from({ length: NODES }, (_, node) => [
    ...mesh.targets.subarray(mesh.starts[node], mesh.starts[node + 1]),
  ])
}

function reachableFrom(rows: number[][], start: number): Set<number> {
  const found = new Set([start])
  for (const node of found) for (const to of rows[node]!) found.add(to)
  return found
}

const membership = fc.array(
  fc.record({ node: fc.integer({ min: 0, max: NODES - 1 }), joins: fc.boolean(), looks: fc.boolean() }),
  { maxLength: 200 },
)

describe('the mesh of a topic', () => {
  it('links members both ways, never to themselves, with at least D_lo neighbours or all others', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 8 }), membership, (seed, degree, changes) => {
        const { mesh } = createMesh(seed, degree)
        const members = new Set<number>()
        for (const { node, joins, looks } of changes) {
          if (joins) mesh.join(node)
          else mesh.leave(node)
          if (joins) members.add(node)
          else members.delete(node)
          if (looks) mesh.freshen()
        }
        const rows = rowsOf(mesh)
        rows.forEach((row, node) => {
          expect(new Set(row).size).toBe(row.length)
          for (const to of row) {
            expect(to).not.toBe(node)
            expect(rows[to]).toContain(node)
            expect(members.has(to)).toBe(true)
          }
          const least = Math.min(Math.ceil((2 * degree) / 3), members.size - 1)
          if (members.has(node)) expect(row.length).toBeGreaterThanOrEqual(least)
        })
      }),
    )
  })

  it('takes a newcomer in when nobody has room', () => {
    const { mesh } = createMesh('full', 1)
    for (const node of [0, 1, 2, 3]) mesh.join(node)
    expect(
      rowsOf(mesh)
        .map((row) => row.length)
        .slice(0, 5),
    ).toEqual([2, 2, 2, 2, 0])
    mesh.join(4)
    expect(rowsOf(mesh)[4]).toHaveLength(1)
  })

  it('connects everyone when it is built, with about D neighbours each', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const { mesh } = createMesh(seed, 6)
        for (let node = 0; node < NODES; node++) mesh.join(node)
        const rows = rowsOf(mesh)
        expect(reachableFrom(rows, 0).size).toBe(NODES)
        // Everyone looks until it has 6; those who were found meanwhile have more: 7.1 on average at any size.
        expect(rows.flat().length / NODES).toBeGreaterThan(6)
        expect(rows.flat().length / NODES).toBeLessThan(8)
      }),
      // A random graph is connected with high probability only, so the cases are the same in every run.
      { seed: 1 },
    )
  })

  it('keeps both sides of a partition connected within themselves, and heals to what it was', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.uniqueArray(fc.integer({ min: 0, max: NODES - 1 }), { minLength: 1, maxLength: NODES - 1 }),
        (seed, side) => {
          const { mesh, links } = createMesh(seed, 6)
          for (let node = 0; node < NODES; node++) mesh.join(node)
          const whole = rowsOf(mesh)
          const others = Array.from({ length: NODES }, (_, node) => node).filter(
            (node) => !side.includes(node),
          )
          const cuts = [links.cut(side, others), links.cut(others, side)]
          const parted = rowsOf(mesh)
          expect(reachableFrom(parted, side[0]!).size).toBe(side.length)
          expect(reachableFrom(parted, others[0]!).size).toBe(others.length)
          for (const cut of cuts) links.restore(cut)
          expect(rowsOf(mesh)).toEqual(whole)
        },
      ),
      { seed: 1 },
    )
  })

  it('loses one direction only under an asymmetric cut', () => {
    const { mesh, links } = createMesh('one way', 6)
    for (let node = 0; node < 10; node++) mesh.join(node)
    links.cut([0], [1, 2, 3, 4, 5, 6, 7, 8, 9])
    const rows = rowsOf(mesh)
    expect(rows[0]).toEqual([])
    expect(rows.slice(1, 10).filter((row) => row.includes(0)).length).toBeGreaterThanOrEqual(6)
  })
})
