/**
 * Core and periphery: the split that comes nearest to a core in which everyone is linked to everyone and a periphery in
 * which nobody is (Borgatti, Everett 2000, Social Networks 21:375).
 *
 * Only links within the core and within the periphery count. For directed links the errors of a core C are |C|(|C| − 1) +
 * m − Σ_{i in C} degree_i, since links within the core appear twice in the degrees: the best core of a size are the nodes
 * of highest degree (Lip 2011, arXiv:1102.5511), and one pass over the sizes finds the best of all.
 */
import { checkedSquare, total } from '../network/checked-vector.ts'
import { rowSums, type SparseMatrix, transpose } from '../network/sparse-matrix.ts'
import { ranking } from './ranking.ts'

export interface CorePeriphery {
  /** Ascending; the smallest of the best cores. */
  readonly core: Int32Array
  /** Links missing in the core and links present in the periphery. */
  readonly errors: number
  /** Errors over links (Craig, von Peter 2014, J Financial Intermediation 23:322); 0 without links. */
  readonly errorShare: number
  /** Share of all claims that lie within the core; 0 without claims. */
  readonly coreExposureShare: number
  /** |errors − errors recounted from the links|. */
  readonly certificate: { readonly recount: number }
}

/**
 * Splits a network.
 *
 * @param claims n × n, entry (lender, borrower)
 * @throws SolventError E_RANGE for a matrix that is not square
 * @example
 * corePeriphery(claimsNetwork(4, [[0, 1, 5], [1, 0, 5], [2, 0, 1], [3, 1, 1]])) // core [0, 1], errors 0
 */
export function corePeriphery(claims: SparseMatrix): CorePeriphery {
  const n = checkedSquare('claims', claims)
  const borrowed = transpose(claims)
  const degree = Int32Array.from({ length: n }, (_, node) => linksOf(claims, node) + linksOf(borrowed, node))
  const order = ranking(Float64Array.from(degree))
  let errors = claims.amounts.length
  let [fewest, size] = [errors, 0]
  for (let next = 0; next < n; next++) {
    errors += 2 * next - degree[order[next]!]!
    if (errors < fewest) [fewest, size] = [errors, next + 1]
  }
  const isCore = new Uint8Array(n)
  for (const node of order.subarray(0, size)) isCore[node] = 1
  const { missing, stray, within } = recount(claims, isCore, size)
  const all = total(rowSums(claims))
  return {
    core: order.slice(0, size).sort((a, b) => a - b),
    errors: fewest,
    errorShare: claims.amounts.length === 0 ? 0 : fewest / claims.amounts.length,
    coreExposureShare: all === 0 ? 0 : within / all,
    certificate: { recount: Math.abs(fewest - missing - stray) },
  }
}

const linksOf = ({ offsets }: SparseMatrix, node: number) => offsets[node + 1]! - offsets[node]!

function recount({ rows, offsets, columnOf, amounts }: SparseMatrix, isCore: Uint8Array, size: number) {
  let missing = size * Math.max(0, size - 1)
  let stray = 0
  let within = 0
  for (let row = 0; row < rows; row++) {
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) {
      const side = isCore[row]! + isCore[columnOf[at]!]!
      if (side === 2) {
        missing--
        within += amounts[at]!
      } else if (side === 0) stray++
    }
  }
  return { missing, stray, within }
}
