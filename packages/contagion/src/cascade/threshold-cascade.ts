/**
 * Default cascades by thresholds: a node fails when its loss on failed borrowers reaches its buffer.
 *
 * Gai, Kapadia 2010 (Proc R Soc A 466:2401) and Furfine 2003 (JMCB 35:111). Rounds are synchronous. Claims and
 * buffers in one unit.
 */
import { SolventError } from '@solvent/primitives'
import { checkedNumber, checkedSquare, checkedVector, type Vector } from '../network/checked-vector.ts'
import { type SparseMatrix, transpose } from '../network/sparse-matrix.ts'

export interface ThresholdCascadeInput {
  /** n × n, entry (i, j): claim of lender i on borrower j. */
  readonly claims: SparseMatrix
  /** Length n, ≥ 0. */
  readonly buffers: Vector
  /** Distinct nodes that fail in round 0. */
  readonly initialDefaults: readonly number[]
  /** Share of a claim on a failed node that is lost, 0 to 1. */
  readonly lossGivenDefault: number
  /** A loss equal to the buffer, up to 10⁻¹² of it for rounding: `geq` fails the node, `gt` does not. */
  readonly tie: 'geq' | 'gt'
}

export interface ThresholdCascade {
  /** Length n: −1 never, 0 at first, k ≥ 1 the round. */
  readonly defaultRound: Int32Array
  readonly defaults: number
  /** The last round in which a node failed. */
  readonly rounds: number
  /** Length n: loss on claims on all failed nodes, also of nodes that failed themselves. */
  readonly finalLoss: Float64Array
  /** Nodes whose state contradicts the rule at the end, recounted from the claims: 0. */
  readonly certificate: { readonly contradictions: number }
}

/** Sums of claims that are no whole numbers, and claims in another order, meet a buffer within this share of it. */
const TIE_SHARE = 1e-12

/**
 * Runs the cascade to its end; at most n rounds, at a cost that grows with the claims on failed nodes.
 *
 * A node that has lost nothing does not fail, also with a buffer of zero.
 *
 * @throws SolventError E_RANGE for bad buffers, a share outside 0 to 1, unknown or repeated initial defaults
 * @example
 * thresholdCascade({ claims: claimsNetwork(2, [[1, 0, 5]]), buffers: [1, 5], initialDefaults: [0],
 *   lossGivenDefault: 1, tie: 'geq' }).defaultRound // Int32Array [0, 1]
 */
export function thresholdCascade(input: ThresholdCascadeInput): ThresholdCascade {
  return cascadeAlong(input, transpose(input.claims))
}

/** The cascade along creditors by debtor, row by row; where that is not `claims` transposed, the outcome is wrong. */
export function cascadeAlong(input: ThresholdCascadeInput, lenders: SparseMatrix): ThresholdCascade {
  const n = checkedSquare('claims', input.claims)
  const buffers = checkedVector('buffers', input.buffers, n, 0)
  const lossGivenDefault = checkedNumber('lossGivenDefault', input.lossGivenDefault, 0, 1)
  const defaultRound = initialRounds(n, input.initialDefaults)
  const claimsOnFailed = new Float64Array(n)
  // The share is applied to the sum, so that whole claims meet whole buffers exactly.
  const limit = buffers.map((buffer) => buffer * (input.tie === 'geq' ? 1 - TIE_SHARE : 1 + TIE_SHARE))
  const fails = (node: number, claimed: number) => {
    const loss = lossGivenDefault * claimed
    return loss > 0 && (input.tie === 'geq' ? loss >= limit[node]! : loss > limit[node]!)
  }
  let failed = [...input.initialDefaults].sort((a, b) => a - b)
  let defaults = failed.length
  let rounds = 0
  for (let round = 1; failed.length > 0; round++) {
    const next: number[] = []
    for (const borrower of failed) {
      for (let at = lenders.offsets[borrower]!; at < lenders.offsets[borrower + 1]!; at++) {
        const lender = lenders.columnOf[at]!
        claimsOnFailed[lender]! += lenders.amounts[at]!
        if (defaultRound[lender] === -1 && fails(lender, claimsOnFailed[lender]!)) {
          defaultRound[lender] = round
          next.push(lender)
        }
      }
    }
    if (next.length > 0) rounds = round
    defaults += next.length
    failed = next.sort((a, b) => a - b)
  }
  return {
    defaultRound,
    defaults,
    rounds,
    finalLoss: claimsOnFailed.map((claimed) => lossGivenDefault * claimed),
    certificate: { contradictions: contradictions(claimsOnFailed, defaultRound, fails) },
  }
}

function initialRounds(n: number, initialDefaults: readonly number[]): Int32Array {
  const defaultRound = new Int32Array(n).fill(-1)
  for (const node of initialDefaults) {
    if (defaultRound[node] !== -1)
      throw new SolventError({
        code: 'E_RANGE',
        message: 'The initial defaults must be distinct nodes of the network.',
        details: { node, nodes: n },
      })
    defaultRound[node] = 0
  }
  return defaultRound
}

function contradictions(
  claimsOnFailed: Float64Array,
  defaultRound: Int32Array,
  fails: (node: number, claimed: number) => boolean,
): number {
  let count = 0
  claimsOnFailed.forEach((claimed, node) => {
    const isFailed = defaultRound[node]! >= 1
    if (defaultRound[node] !== 0 && isFailed !== fails(node, claimed)) count++
  })
  return count
}
