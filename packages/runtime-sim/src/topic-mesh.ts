// One topic's mesh through joins, departures and partitions, laid out flat for the flood.
import type { RandomStream } from '@solvent/ports'
import type { LinkTable } from './link-table.ts'
import { degreeBounds, graft, linkAll, type MeshRows, unlink } from './mesh-graph.ts'

export interface TopicMeshParts {
  readonly name: string
  /** Numbers topics in the order of their first use. */
  readonly ordinal: number
  readonly nodes: number
  readonly degree: number
  readonly links: LinkTable
  /** `links` for who is linked to whom, `detours` for links during a partition, one per publisher outside of the mesh. */
  readonly streamOf: (purpose: 'links' | 'detours' | number) => RandomStream
}

export class TopicMesh {
  readonly name: string
  readonly ordinal: number
  /** Neighbours of node n: `targets` from `starts[n]` up to `starts[n + 1]`, while the mesh is fresh. */
  starts: Int32Array
  targets = new Int32Array(0)
  readonly #parts: TopicMeshParts
  readonly #members = new Set<number>()
  /** The mesh when nothing is cut; null before its first use. */
  #rows: MeshRows | null = null
  readonly #fanOuts = new Map<number, Int32Array>()
  #isStale = true
  #cutsVersion = 0

  constructor(parts: TopicMeshParts) {
    this.#parts = parts
    this.name = parts.name
    this.ordinal = parts.ordinal
    this.starts = new Int32Array(parts.nodes + 1)
  }

  join(node: number): void {
    if (this.#members.has(node)) return
    this.#members.add(node)
    if (this.#rows !== null) this.#graft(node)
    this.#isStale = true
  }

  /** A node is gone: its neighbours notice at once, because connections to a dead process are reset. */
  leave(node: number): void {
    if (!this.#members.delete(node)) return
    if (this.#rows !== null) {
      const { low } = degreeBounds(this.#parts.degree)
      for (const other of unlink(this.#rows, node)) if (this.#rows[other]!.length < low) this.#graft(other)
    }
    this.#isStale = true
  }

  has(node: number): boolean {
    return this.#members.has(node)
  }

  /** Brings `starts` and `targets` up to date; call before reading them. */
  freshen(): void {
    if (this.#isStale || this.#cutsVersion !== this.#parts.links.cutsVersion) this.#layOut()
  }

  /** Whom a publisher reaches that does not subscribe: random subscribers (gossipsub's fan-out). */
  fanOut(node: number): Int32Array {
    this.freshen()
    let targets = this.#fanOuts.get(node)
    if (targets === undefined) {
      const { degree, links, streamOf } = this.#parts
      const reachable = [...this.#members].filter((member) => !links.isCut(node, member))
      targets = Int32Array.from(streamOf(node).shuffle(reachable).slice(0, degree))
      this.#fanOuts.set(node, targets)
    }
    return targets
  }

  /** Looks for D neighbours that have room; when there are too few of those, for D_lo whoever they are. */
  #graft(node: number): void {
    const { degree, streamOf } = this.#parts
    const rows = this.#rows!
    const { low, high } = degreeBounds(degree)
    const look = { rows, members: [...this.#members], node, stream: streamOf('links') }
    graft({ ...look, degree, admits: (other) => rows[other]!.length < high })
    graft({ ...look, degree: low, admits: () => true })
  }

  #layOut(): void {
    const { links, nodes, degree, streamOf } = this.#parts
    this.#rows ??= linkAll([...this.#members], degree, nodes, streamOf('links'))
    const rows = links.hasCuts ? this.#detour(this.#rows) : this.#rows
    this.targets = Int32Array.from(rows.flat())
    let at = 0
    rows.forEach((row, node) => {
      this.starts[node] = at
      at += row.length
    })
    this.starts[nodes] = at
    this.#fanOuts.clear()
    this.#isStale = false
    this.#cutsVersion = links.cutsVersion
  }

  /** Without the links that are cut; who has too few left looks for others that it reaches. Healing undoes it. */
  #detour(whole: MeshRows): MeshRows {
    const { links, degree, streamOf } = this.#parts
    const { low } = degreeBounds(degree)
    const members = [...this.#members]
    const passes = (from: number, to: number) => !links.isCut(from, to)
    const rows = whole.map((row, node) => row.filter((to) => passes(node, to)))
    for (const node of members) {
      const left = rows[node]!.length
      if (left === whole[node]!.length || left >= low) continue
      graft({
        rows,
        members,
        node,
        degree,
        stream: streamOf('detours'),
        admits: (other) => passes(node, other),
      })
    }
    // A detour goes both ways, unless the way back is cut.
    return rows.map((row, node) => row.filter((to) => passes(node, to)))
  }
}
