/**
 * What DebtRank runs on: how much of its buffer each lender loses when a borrower fails.
 *
 * W_ij = claim of i on j over the buffer of i (Battiston et al. 2012). Claims and buffers in one unit.
 */
import { SolventError } from '@solvent/primitives'
import { checkedSquare, checkedVector, total, type Vector } from '../network/checked-vector.ts'
import { MAX_AMOUNT, mapAmounts, type SparseMatrix, transpose } from '../network/sparse-matrix.ts'
import { type SlowMode, slowMode } from './slow-mode.ts'
import { gainBound } from './spectral-radius.ts'

/** A network prepared once for any number of shocks. */
export interface StressSystem {
  /** W by lender: entry (i, j) is the impact of j on i. */
  readonly impactOn: SparseMatrix
  /** W by borrower: entry (j, i) is the impact of j on i. */
  readonly impactOf: SparseMatrix
  /** The same with every impact at most 1, as in the paper of 2012. */
  readonly cappedImpactOf: SparseMatrix
  /** The spectral radius of W is no more than this. */
  readonly gainBound: number
  /** What sweeps over W leave to the last. */
  readonly slowMode: SlowMode
  readonly buffers: Float64Array
  /** Sum 1. */
  readonly weights: Float64Array
}

export interface Exposures {
  /** n × n, entry (i, j): claim of lender i on borrower j. */
  readonly exposures: SparseMatrix
  /** Length n, above 0: what a node can lose before it fails. */
  readonly buffers: Vector
  /** Length n, ≥ 0, not all zero: economic weight, normalised to sum 1. */
  readonly weights: Vector
}

/**
 * Prepares impacts and weights.
 *
 * @throws SolventError E_RANGE for a matrix that is not square, wrong lengths, buffers not above 0, bad weights
 * @example
 * createStressSystem({ exposures: claimsNetwork(2, [[1, 0, 40]]), buffers: [100, 50], weights: [1, 1] })
 *   .impactOn.amounts // Float64Array [0.8]
 */
export function createStressSystem({ exposures, buffers, weights }: Exposures): StressSystem {
  const n = checkedSquare('exposures', exposures)
  const bufferOf = checkedVector('buffers', buffers, n, 0, 'exclusive')
  const weightOf = checkedVector('weights', weights, n, 0)
  const sum = total(weightOf)
  if (n > 0 && !(sum > 0 && Number.isFinite(sum)))
    throw new SolventError({
      code: 'E_RANGE',
      message: 'The weights must have a finite sum above zero.',
      details: { sum },
    })
  const impactOn = mapAmounts(exposures, (claim, lender) => impact(claim, lender, bufferOf[lender]!))
  const impactOf = transpose(impactOn)
  return {
    impactOn,
    impactOf,
    gainBound: gainBound(impactOn),
    slowMode: slowMode(impactOn),
    cappedImpactOf: mapAmounts(impactOf, (uncapped) => Math.min(1, uncapped)),
    buffers: bufferOf,
    weights: weightOf.map((weight) => weight / sum),
  }
}

function impact(claim: number, lender: number, buffer: number): number {
  if (claim / buffer > MAX_AMOUNT)
    throw new SolventError({
      code: 'E_RANGE',
      message: 'A buffer is too small for the claims of its node.',
      details: { lender, claim, buffer },
    })
  return claim / buffer
}
