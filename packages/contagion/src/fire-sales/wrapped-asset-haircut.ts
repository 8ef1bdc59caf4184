/**
 * What a hole in the backing of a wrapped asset costs those who hold it.
 *
 * Pro rata, all holders recover min(1, backing/claims): U released without a burn against S claims mean a haircut of
 * U/(S + U) for everyone. First come, first served, that same share of claims is paid in full and the rest not at all,
 * which is what makes a run rational (Diamond, Dybvig 1983, J Political Economy 91:401). Amounts in one unit.
 */
import { SolventError } from '@solvent/primitives'
import { checkedVector, total, type Vector } from '../network/checked-vector.ts'
import type { SparseMatrix } from '../network/sparse-matrix.ts'

export interface WrappedAssetHaircutInput {
  /** n × k, entry (i, a): claims of holder i in wrapped asset a, at face. */
  readonly holdings: SparseMatrix
  /** Length k, ≥ 0: claims of all, unbacked ones included; at least what is listed. */
  readonly claims: Vector
  /** Length k, ≥ 0: what is left behind them. */
  readonly backing: Vector
}

export interface WrappedAssetHaircut {
  /** Length k, 0 to 1; 0 for an asset without claims. */
  readonly haircut: Float64Array
  /** Length k: claims beyond the backing. */
  readonly shortfall: Float64Array
  /** Length n: pro rata, in all assets together. */
  readonly losses: Float64Array
  /** Length k: lost by holders who are not listed. */
  readonly unlistedLosses: Float64Array
  readonly rounds: 1
  /** |losses of all − shortfall of all| over the shortfall of all. */
  readonly certificate: { readonly conservation: number }
}

/** Listed claims above all claims by no more than this share are rounding. */
const ROUNDING = 1e-9

/**
 * Shares the shortfall of each asset out among its holders.
 *
 * @throws SolventError E_RANGE for wrong lengths, amounts below 0, and more claims listed than there are
 * @example
 * wrappedAssetHaircut({ holdings: portfolioMatrix([[60], [40]], 1), claims: [118], backing: [100] }).haircut
 * // Float64Array [0.15254237288135593]
 */
export function wrappedAssetHaircut(input: WrappedAssetHaircutInput): WrappedAssetHaircut {
  const { holdings } = input
  const claims = checkedVector('claims', input.claims, holdings.columns, 0)
  const backing = checkedVector('backing', input.backing, holdings.columns, 0)
  const listed = listedClaims(holdings)
  const beyond = listed.findIndex((sum, asset) => sum > claims[asset]! * (1 + ROUNDING))
  if (beyond !== -1)
    throw new SolventError({
      code: 'E_RANGE',
      message: 'More claims are listed than there are.',
      details: { asset: beyond, listed: listed[beyond]!, claims: claims[beyond]! },
    })
  const shortfall = claims.map((all, asset) => Math.max(0, all - backing[asset]!))
  const haircut = shortfall.map((missing, asset) => (missing === 0 ? 0 : missing / claims[asset]!))
  const losses = new Float64Array(holdings.rows)
  for (let holder = 0; holder < holdings.rows; holder++) {
    for (let at = holdings.offsets[holder]!; at < holdings.offsets[holder + 1]!; at++)
      losses[holder]! += holdings.amounts[at]! * haircut[holdings.columnOf[at]!]!
  }
  const unlistedLosses = haircut.map((share, asset) => share * Math.max(0, claims[asset]! - listed[asset]!))
  const missing = total(shortfall)
  const gap = Math.abs(total(losses) + total(unlistedLosses) - missing)
  return {
    haircut,
    shortfall,
    losses,
    unlistedLosses,
    rounds: 1,
    certificate: { conservation: missing === 0 ? gap : gap / missing },
  }
}

function listedClaims({ columns, columnOf, amounts }: SparseMatrix): Float64Array {
  const listed = new Float64Array(columns)
  amounts.forEach((amount, at) => {
    listed[columnOf[at]!]! += amount
  })
  return listed
}
