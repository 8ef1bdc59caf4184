// The graph that a topic's gossip floods over: everyone has about D neighbours and everyone can be reached, as
// gossipsub's mesh maintenance brings about (gossipsub v1.0 and v1.1, libp2p/specs: GRAFT below D_lo, none above D_hi).
import type { RandomStream } from '@solvent/ports'

/** Bounds of a mesh degree around D; gossipsub's 4 and 12 at D = 6. */
export function degreeBounds(degree: number): { readonly low: number; readonly high: number } {
  return { low: Math.ceil((2 * degree) / 3), high: 2 * degree }
}

/** Neighbours by node index; nodes outside of the mesh have empty rows. */
export type MeshRows = number[][]

/**
 * Links all members at once: a ring in random order, which connects them, and random chords until everyone has
 * `degree` neighbours or all others. Links go both ways; nobody is linked to itself.
 */
export function linkAll(
  members: readonly number[],
  degree: number,
  nodes: number,
  stream: RandomStream,
): MeshRows {
  const rows: MeshRows = Array.from({ length: nodes }, () => [])
  const order = stream.shuffle(members)
  if (order.length > 1) order.forEach((node, index) => link(rows, node, order[(index + 1) % order.length]!))
  for (const node of order) graft({ rows, members: order, node, degree, stream, admits: () => true })
  return rows
}

/** What a node that looks for neighbours goes by. */
export interface GraftOptions {
  readonly rows: MeshRows
  readonly members: readonly number[]
  readonly node: number
  /** It looks until it has so many. */
  readonly degree: number
  readonly stream: RandomStream
  /** Whether it may be linked to another member. */
  readonly admits: (other: number) => boolean
}

/** Links a node to random members until it has its degree or nobody is left. */
export function graft({ rows, members, node, degree, stream, admits }: GraftOptions): void {
  const own = rows[node]!
  const fits = (other: number) => other !== node && !own.includes(other) && admits(other)
  // Most are found by chance; the walk afterwards finds the last ones, or that there are none.
  for (let tries = 4 * degree; tries > 0 && own.length < degree; tries--) {
    const other = stream.pick(members)
    if (fits(other)) link(rows, node, other)
  }
  if (own.length >= degree) return
  const begin = stream.int(members.length)
  for (let step = 0; step < members.length && own.length < degree; step++) {
    const other = members[(begin + step) % members.length]!
    if (fits(other)) link(rows, node, other)
  }
}

/** Takes a node out; returns those that lost a neighbour. */
export function unlink(rows: MeshRows, node: number): readonly number[] {
  const former = rows[node]!
  rows[node] = []
  for (const other of former) rows[other] = rows[other]!.filter((item) => item !== node)
  return former
}

function link(rows: MeshRows, a: number, b: number): void {
  if (!rows[a]!.includes(b)) rows[a]!.push(b)
  if (!rows[b]!.includes(a)) rows[b]!.push(a)
}
