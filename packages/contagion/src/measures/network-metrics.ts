/** Shape of a network of claims: how dense, how mutual, how concentrated. Textbook definitions; no measure of risk by itself. */
import { checkedSquare, checkedVector, total, type Vector } from '../network/checked-vector.ts'
import { rowSums, type SparseMatrix, transpose } from '../network/sparse-matrix.ts'

export interface NetworkMetrics {
  readonly nodes: number
  /** Pairs with a claim. */
  readonly edges: number
  /** Edges over n(n − 1); 0 below two nodes. */
  readonly density: number
  /** Edges over n. */
  readonly meanDegree: number
  /** Share of edges with a reverse edge; 0 without edges. */
  readonly reciprocity: number
  /** Herfindahl index of what each node has lent in all, and of what each owes in all. */
  readonly lenderConcentration: number
  readonly borrowerConcentration: number
  /** Length n: Herfindahl index of each lender's claims over its borrowers; 0 for one without claims. */
  readonly counterpartyConcentration: Float64Array
  /** |Σ lent − Σ owed| over all claims, summed along two ways. */
  readonly certificate: { readonly balance: number }
}

/**
 * Measures a network.
 *
 * @param claims n × n, entry (lender, borrower)
 * @throws SolventError E_RANGE for a matrix that is not square
 * @example networkMetrics(claimsNetwork(2, [[0, 1, 5], [1, 0, 5]])).reciprocity // 1
 */
export function networkMetrics(claims: SparseMatrix): NetworkMetrics {
  const nodes = checkedSquare('claims', claims)
  const edges = claims.amounts.length
  const borrowed = transpose(claims)
  const [lent, owed] = [rowSums(claims), rowSums(borrowed)]
  const all = total(lent)
  return {
    nodes,
    edges,
    density: nodes < 2 ? 0 : edges / (nodes * (nodes - 1)),
    meanDegree: nodes === 0 ? 0 : edges / nodes,
    reciprocity: edges === 0 ? 0 : mutualEdges(claims, borrowed) / edges,
    lenderConcentration: herfindahl(lent),
    borrowerConcentration: herfindahl(owed),
    counterpartyConcentration: Float64Array.from({ length: nodes }, (_, node) =>
      herfindahl(claims.amounts.subarray(claims.offsets[node], claims.offsets[node + 1])),
    ),
    certificate: { balance: all === 0 ? 0 : Math.abs(all - total(owed)) / all },
  }
}

/**
 * The Herfindahl–Hirschman index Σ share²: 1 when one has all, 1/n when n have the same; its inverse is the effective
 * number. 0 when there is nothing to share.
 *
 * @throws SolventError E_RANGE for amounts below 0
 * @example herfindahl([1, 1, 2]) // 0.375
 */
export function herfindahl(amounts: Vector): number {
  const checked = checkedVector('amounts', amounts, amounts.length, 0)
  const sum = total(checked)
  if (sum === 0) return 0
  return checked.reduce((index, amount) => index + (amount / sum) * (amount / sum), 0)
}

/** Both directions of a row are in ascending order of columns: one walk along both finds what they share. */
function mutualEdges(claims: SparseMatrix, borrowed: SparseMatrix): number {
  let mutual = 0
  for (let node = 0; node < claims.rows; node++) {
    let at = claims.offsets[node]!
    let other = borrowed.offsets[node]!
    while (at < claims.offsets[node + 1]! && other < borrowed.offsets[node + 1]!) {
      const difference = claims.columnOf[at]! - borrowed.columnOf[other]!
      if (difference === 0) mutual++
      if (difference <= 0) at++
      if (difference >= 0) other++
    }
  }
  return mutual
}
