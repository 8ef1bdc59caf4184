/**
 * Original DebtRank: a distressed node passes its stress on once, one step after it was first hit, and is inactive
 * from then on (Battiston, Puliga, Kaushik, Tasca, Caldarelli 2012, Sci Rep 2:541).
 */
import type { SparseMatrix } from '../network/sparse-matrix.ts'
import type { Propagation } from './propagation.ts'

/**
 * Propagates a shock until no node is distressed; at most n steps, in the order of the nodes within each.
 *
 * @param impactOf n × n, entry (j, i): impact of j on i; with entries at most 1 for the paper of 2012
 * @param shock length n, ≥ 0; a level above 1 propagates as 1
 */
export function singleHitStress(impactOf: SparseMatrix, shock: Float64Array): Propagation {
  const { offsets, columnOf, amounts } = impactOf
  const stress = shock.slice()
  const isHit = new Uint8Array(shock.length)
  let distressed: number[] = []
  shock.forEach((level, node) => {
    if (level > 0) {
      isHit[node] = 1
      distressed.push(node)
    }
  })
  let rounds = 0
  while (distressed.length > 0) {
    rounds++
    // All of a step pass on what they had before it.
    const levels = distressed.map((node) => Math.min(1, stress[node]!))
    const next: number[] = []
    distressed.forEach((node, place) => {
      for (let at = offsets[node]!; at < offsets[node + 1]!; at++) {
        const lender = columnOf[at]!
        stress[lender]! += amounts[at]! * levels[place]!
        if (isHit[lender] === 0) {
          isHit[lender] = 1
          next.push(lender)
        }
      }
    })
    distressed = next.sort((a, b) => a - b)
  }
  return { stress, rounds, residual: 0 }
}
