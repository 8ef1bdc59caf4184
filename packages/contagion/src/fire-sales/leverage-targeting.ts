/**
 * Fire sales of banks that return to their leverage: one round, linear price impact.
 *
 * Greenwood, Landier, Thesmar 2015 (J Financial Economics 115:471), equations 3–8. Amounts in one unit; illiquidity
 * is the price fall for each unit sold.
 */
import { SolventError } from '@solvent/primitives'
import { checkedVector, total, type Vector } from '../network/checked-vector.ts'
import type { SparseMatrix } from '../network/sparse-matrix.ts'

export interface LeverageTargetingInput {
  /** Length n, ≥ 0. */
  readonly assets: Vector
  /** Length n, above 0. */
  readonly equity: Vector
  /** n × k, entry (i, a): share of bank i's assets held in asset a; rows sum to 1 where all assets are listed. */
  readonly weights: SparseMatrix
  /** Length k, ≥ 0. */
  readonly illiquidity: Vector
  /** Length k, return of each asset, −1 or above; a fall is negative. */
  readonly shock: Vector
  /** `capped`: a bank sells no more than it still has; `linear`: the paper's formula. */
  readonly sales: 'linear' | 'capped'
}

/** Vectors by bank have length n, by asset length k. */
export interface LeverageTargeting {
  readonly directLoss: Float64Array
  readonly sale: Float64Array
  /** By asset. */
  readonly assetSales: Float64Array
  /** By asset. */
  readonly secondRoundReturn: Float64Array
  readonly indirectLoss: Float64Array
  /** AV: indirect losses over the equity of all. */
  readonly aggregateVulnerability: number
  /** S: the part of AV that a bank's own sales cause. */
  readonly systemicness: Float64Array
  /** IV: indirect loss over equity. */
  readonly indirectVulnerability: Float64Array
  /** DV: direct loss over equity. */
  readonly directVulnerability: Float64Array
  readonly rounds: 1
  /** |Σ S − AV|, computed along two ways. */
  readonly certificate: { readonly attribution: number }
}

/**
 * Sells what restores each bank's leverage after the shock, and the losses of all from those sales.
 *
 * @throws SolventError E_RANGE for wrong lengths and values out of range
 * @example
 * leverageTargeting({ assets: [100, 100], equity: [10, 20], weights: portfolioMatrix([[1, 0], [0.5, 0.5]], 2),
 *   illiquidity: [0.001, 0.002], shock: [-0.02, 0], sales: 'linear' }).sale // Float64Array [18, 4]
 */
export function leverageTargeting(input: LeverageTargetingInput): LeverageTargeting {
  const { weights } = input
  const assets = checkedVector('assets', input.assets, weights.rows, 0)
  const equity = checkedVector('equity', input.equity, weights.rows, 0, 'exclusive')
  const illiquidity = checkedVector('illiquidity', input.illiquidity, weights.columns, 0)
  const shock = checkedVector('shock', input.shock, weights.columns, -1)
  checkShares(weights)

  const directLoss = assets.map((size, bank) => -size * rowProduct(weights, bank, shock))
  const sale = directLoss.map((loss, bank) => {
    const toTarget = ((assets[bank]! - equity[bank]!) / equity[bank]!) * loss
    return input.sales === 'capped' ? Math.min(toTarget, assets[bank]! - loss) : toTarget
  })
  const assetSales = columnProduct(weights, sale)
  const secondRoundReturn = assetSales.map((sold, asset) => -illiquidity[asset]! * sold)
  const indirectLoss = assets.map((size, bank) => -size * rowProduct(weights, bank, secondRoundReturn))
  const systemEquity = total(equity)
  const aggregateVulnerability = systemEquity === 0 ? 0 : total(indirectLoss) / systemEquity
  if (!Number.isFinite(aggregateVulnerability))
    throw new SolventError({
      code: 'E_RANGE',
      message: 'The losses are beyond all numbers: equity is too small for the assets.',
      details: { aggregateVulnerability },
    })
  // What one unit sold of an asset costs all its holders.
  const costOfSale = columnProduct(weights, assets).map((held, asset) => held * illiquidity[asset]!)
  const systemicness = sale.map((sold, bank) => (sold * rowProduct(weights, bank, costOfSale)) / systemEquity)
  return {
    directLoss,
    sale,
    assetSales,
    secondRoundReturn,
    indirectLoss,
    aggregateVulnerability,
    systemicness,
    indirectVulnerability: indirectLoss.map((loss, bank) => loss / equity[bank]!),
    directVulnerability: directLoss.map((loss, bank) => loss / equity[bank]!),
    rounds: 1,
    certificate: { attribution: Math.abs(total(systemicness) - aggregateVulnerability) },
  }
}

/** Shares above one by more than the rounding of published tables are a mistake of units. */
const SHARE_SLACK = 0.01

function checkShares(weights: SparseMatrix): void {
  const ones = new Float64Array(weights.columns).fill(1)
  for (let bank = 0; bank < weights.rows; bank++) {
    const sum = rowProduct(weights, bank, ones)
    if (sum > 1 + SHARE_SLACK)
      throw new SolventError({
        code: 'E_RANGE',
        message: 'The portfolio shares of a bank must not exceed 1 in sum.',
        details: { bank, sum },
      })
  }
}

function rowProduct({ offsets, columnOf, amounts }: SparseMatrix, row: number, vector: Float64Array): number {
  let sum = 0
  for (let at = offsets[row]!; at < offsets[row + 1]!; at++) sum += amounts[at]! * vector[columnOf[at]!]!
  return sum
}

function columnProduct(matrix: SparseMatrix, vector: Float64Array): Float64Array {
  const sums = new Float64Array(matrix.columns)
  for (let row = 0; row < matrix.rows; row++) {
    for (let at = matrix.offsets[row]!; at < matrix.offsets[row + 1]!; at++)
      sums[matrix.columnOf[at]!]! += matrix.amounts[at]! * vector[row]!
  }
  return sums
}
