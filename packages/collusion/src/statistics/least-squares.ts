/**
 * Ordinary least squares by ml-matrix's QR decomposition, which keeps half of the digits that normal equations lose.
 */
import { Matrix, QrDecomposition } from 'ml-matrix'

export interface Regression {
  readonly coefficients: readonly number[]
  readonly standardErrors: readonly number[]
  readonly residuals: readonly number[]
  /** Sum of squared residuals. */
  readonly ssr: number
  /** Observations less coefficients. */
  readonly df: number
}

/**
 * Regresses `y` on the columns of `rows` (no constant is added); null where the columns do not determine the
 * coefficients: fewer rows than columns, or one column a combination of others.
 */
export function leastSquares(rows: readonly (readonly number[])[], y: readonly number[]): Regression | null {
  const columns = rows[0]?.length ?? 0
  if (columns === 0 || rows.length < columns) return null
  const x = new Matrix(rows as number[][])
  const qr = new QrDecomposition(x)
  const r = qr.upperTriangularMatrix
  if (isSingular(r)) return null
  const coefficients = qr.solve(Matrix.columnVector(y as number[])).to1DArray()
  const residuals = y.map((value, row) => value - dot(rows[row]!, coefficients))
  const ssr = residuals.reduce((sum, residual) => sum + residual * residual, 0)
  const df = rows.length - columns
  const variance = ssr / df
  return {
    coefficients,
    residuals,
    ssr,
    df,
    standardErrors: errorScales(r).map((scale) => scale * Math.sqrt(variance)),
  }
}

/** Square roots of the diagonal of (R′R)⁻¹: row norms of R⁻¹, by back substitution. */
function errorScales(r: Matrix): number[] {
  const size = r.rows
  const scales = new Array<number>(size).fill(0)
  for (let column = 0; column < size; column++) {
    const inverse = new Array<number>(size).fill(0)
    for (let row = column; row >= 0; row--) {
      let sum = row === column ? 1 : 0
      for (let k = row + 1; k <= column; k++) sum -= r.get(row, k) * inverse[k]!
      inverse[row] = sum / r.get(row, row)
      scales[row]! += inverse[row]! * inverse[row]!
    }
  }
  return scales.map(Math.sqrt)
}

const NEGLIGIBLE = 1e-12

function isSingular(r: Matrix): boolean {
  const diagonal = r.diagonal().map(Math.abs)
  return Math.min(...diagonal) <= NEGLIGIBLE * Math.max(...diagonal)
}

function dot(left: readonly number[], right: readonly number[]): number {
  let sum = 0
  for (let at = 0; at < left.length; at++) sum += left[at]! * right[at]!
  return sum
}
