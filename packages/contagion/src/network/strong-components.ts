/**
 * Strongly connected components: sets of nodes in which everyone reaches everyone along entries (Tarjan 1972, SIAM J
 * Computing 1:146), without recursion, so that a long chain costs no stack.
 */
import type { SparseMatrix } from './sparse-matrix.ts'

/**
 * The components of a square matrix, each with its nodes ascending; a node on no cycle is one by itself.
 *
 * @returns in reverse topological order: no entry leads from a component to a later one
 * @example strongComponents(claimsNetwork(3, [[0, 1, 5], [1, 0, 5], [1, 2, 5]])) // [[2], [0, 1]]
 */
export function strongComponents({ rows, offsets, columnOf }: SparseMatrix): number[][] {
  const components: number[][] = []
  const order = new Int32Array(rows).fill(-1)
  const low = new Int32Array(rows)
  const isOpen = new Uint8Array(rows)
  const next = offsets.slice(0, rows)
  const open: number[] = []
  let visited = 0
  for (let root = 0; root < rows; root++) {
    if (order[root] !== -1) continue
    const path = [root]
    while (path.length > 0) {
      const node = path.at(-1)!
      if (order[node] === -1) {
        order[node] = low[node] = visited++
        isOpen[node] = 1
        open.push(node)
      }
      const child = nextChild(node)
      if (child !== -1) {
        path.push(child)
        continue
      }
      path.pop()
      const parent = path.at(-1)
      if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!)
      if (low[node] === order[node]) components.push(close(node))
    }
  }
  return components

  /** The next node to visit from here, −1 when all have been; entries back into open nodes lower `low`. */
  function nextChild(node: number): number {
    while (next[node]! < offsets[node + 1]!) {
      const child = columnOf[next[node]!++]!
      if (order[child] === -1) return child
      if (isOpen[child] === 1) low[node] = Math.min(low[node]!, order[child]!)
    }
    return -1
  }

  function close(root: number): number[] {
    const members = open.splice(open.lastIndexOf(root))
    for (const node of members) isOpen[node] = 0
    return members.sort((a, b) => a - b)
  }
}
