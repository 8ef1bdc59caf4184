/**
 * Network valuation: equity when every claim is worth what its borrower's equity makes it worth.
 *
 * NEVA, Barucca, Bardoscia, Caccioli, D'Errico, Visentin, Caldarelli, Battiston 2020 (Mathematical Finance 30:1181):
 * E_i = A_i − ℓ_i − Σ_j L_ij + Σ_j C_ij·V_j(E_j), the greatest solution. Amounts in one unit.
 */
import { SolventError } from '@solvent/primitives'
import { checkedNumber, checkedSquare, checkedVector, type Vector } from '../network/checked-vector.ts'
import { rowSums, type SparseMatrix, transpose } from '../network/sparse-matrix.ts'
import { type Valuation, valueOfClaim } from './valuations.ts'

export interface NetworkValuationInput {
  /** n × n, entry (i, j): claim of lender i on borrower j. */
  readonly claims: SparseMatrix
  /** Length n, ≥ 0, after the shock. */
  readonly externalAssets: Vector
  /** Length n, ≥ 0. */
  readonly externalLiabilities: Vector
  /** Length n, equity at face value before the shock; above 0 for `linear-debtrank`. */
  readonly faceEquity: Vector
  /** Length n, ≥ 0: standard deviation of the logarithm of outside assets. */
  readonly sigmaAsset: Vector
  /** Recovered after default, 0 to 1. */
  readonly recovery: number
  readonly valuation: Valuation
}

export interface NetworkValuation {
  /** Length n, negative for the insolvent. */
  readonly equity: Float64Array
  /** Length n: what a unit claim on each node is worth. */
  readonly valueOfClaims: Float64Array
  readonly rounds: number
  /** Largest |equity − right-hand side| over the largest balance sheet. */
  readonly certificate: { readonly residual: number }
}

/** A move below this share of the largest balance sheet is rounding. */
const STEP = 1e-15
const MAX_ROUNDS = 1_000_000
/** Claims and nodes visited in all: what a call may cost, some seconds. */
const MAX_VISITS = 1_000_000_000

/**
 * Values the network, from claims at face downwards, so that the greatest solution is found.
 *
 * @throws SolventError E_RANGE for wrong lengths and values out of range; E_NO_CONVERGENCE after 1,000,000 rounds
 *   or visits to 10⁹ claims and nodes
 * @example
 * networkValuation({ claims: claimsNetwork(2, [[0, 1, 10]]), externalAssets: [5, 6], externalLiabilities: [0, 0],
 *   faceEquity: [15, 6], sigmaAsset: [0, 0], recovery: 1, valuation: 'eisenberg-noe' }).equity // Float64Array [11, -4]
 */
export function networkValuation(input: NetworkValuationInput): NetworkValuation {
  const { claims, valuation } = input
  const n = checkedSquare('claims', claims)
  const externalAssets = checkedVector('externalAssets', input.externalAssets, n, 0)
  const externalLiabilities = checkedVector('externalLiabilities', input.externalLiabilities, n, 0)
  const faceEquity =
    valuation === 'linear-debtrank'
      ? checkedVector('faceEquity', input.faceEquity, n, 0, 'exclusive')
      : checkedVector('faceEquity', input.faceEquity, n)
  const sigmaAsset = checkedVector('sigmaAsset', input.sigmaAsset, n, 0)
  const recovery = checkedNumber('recovery', input.recovery, 0, 1)
  const totalLiabilities = rowSums(transpose(claims)).map((owed, node) => owed + externalLiabilities[node]!)
  const scale = externalAssets.reduce((most, own, node) => Math.max(most, own + totalLiabilities[node]!), 0)

  const unitValue = (node: number, equity: number) =>
    valueOfClaim(valuation, {
      equity,
      faceEquity: faceEquity[node]!,
      externalAssets: externalAssets[node]!,
      totalLiabilities: totalLiabilities[node]!,
      sigma: sigmaAsset[node]!,
      recovery,
    })
  const equityAt = (values: Float64Array) =>
    externalAssets.map((own, node) => own - totalLiabilities[node]! + worthOfClaims(claims, node, values))

  let values = new Float64Array(n).fill(1)
  let equity = equityAt(values)
  const most = Math.min(MAX_ROUNDS, Math.ceil(MAX_VISITS / (n + claims.amounts.length + 1)))
  for (let rounds = 1; rounds <= most; rounds++) {
    // Values only fall: where rounding would lift one, the lower stays.
    values = values.map((before, node) => Math.min(before, unitValue(node, equity[node]!)))
    const next = equityAt(values)
    const largest = next.reduce((most, value, node) => Math.max(most, equity[node]! - value), 0)
    equity = next
    if (largest <= STEP * scale) {
      const residual = residualOf(
        equity,
        equityAt(equity.map((value, node) => unitValue(node, value))),
        scale,
      )
      return { equity, valueOfClaims: values, rounds, certificate: { residual } }
    }
  }
  throw new SolventError({
    code: 'E_NO_CONVERGENCE',
    message: 'The values of the claims did not settle.',
    details: { valuation, rounds: most },
  })
}

function worthOfClaims(
  { offsets, columnOf, amounts }: SparseMatrix,
  lender: number,
  values: Float64Array,
): number {
  let sum = 0
  for (let at = offsets[lender]!; at < offsets[lender + 1]!; at++)
    sum += amounts[at]! * values[columnOf[at]!]!
  return sum
}

function residualOf(equity: Float64Array, image: Float64Array, scale: number): number {
  const largest = equity.reduce((most, value, node) => Math.max(most, Math.abs(value - image[node]!)), 0)
  return scale === 0 ? largest : largest / scale
}
