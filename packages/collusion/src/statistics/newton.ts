/**
 * Maximises a smooth concave function by Newton's method with halved steps; linear systems by ml-matrix's Cholesky
 * decomposition.
 */
import { CholeskyDecomposition, Matrix } from 'ml-matrix'

/** The function at a point, with its first derivatives and the negative of its second ones. */
export interface Expansion {
  readonly value: number
  readonly gradient: readonly number[]
  /** Minus the Hessian, by rows; positive definite away from flat places. */
  readonly information: readonly (readonly number[])[]
}

export interface Maximum {
  readonly at: readonly number[]
  readonly value: number
  /** Square roots of the diagonal of the inverse information. */
  readonly standardErrors: readonly number[]
}

const MOST_STEPS = 100
const MOST_HALVINGS = 40
/** Ends when a full step promises less than this. */
const GAIN = 1e-13
/** Beyond this the maximum is at infinity: the data separate. */
const FARTHEST = 1e6

/** Null where there is no maximum: a flat direction, or a rise without end. */
export function maximise(expand: (at: readonly number[]) => Expansion, size: number): Maximum | null {
  let at: readonly number[] = new Array<number>(size).fill(0)
  let here = expand(at)
  for (let step = 0; step < MOST_STEPS; step++) {
    const factor = new CholeskyDecomposition(new Matrix(here.information as number[][]))
    if (!factor.isPositiveDefinite()) return null
    const direction = factor.solve(Matrix.columnVector(here.gradient as number[])).to1DArray()
    const promised = direction.reduce((sum, slope, index) => sum + slope * here.gradient[index]!, 0)
    if (!(promised > GAIN * (1 + Math.abs(here.value)))) {
      const inverse = factor.solve(Matrix.eye(size))
      return { at, value: here.value, standardErrors: inverse.diagonal().map(Math.sqrt) }
    }
    const next = climb(expand, at, here.value, direction)
    if (next === null) return null
    at = next.at
    here = next.expansion
    if (at.some((value) => Math.abs(value) > FARTHEST)) return null
  }
  return null
}

function climb(
  expand: (at: readonly number[]) => Expansion,
  from: readonly number[],
  value: number,
  direction: readonly number[],
) {
  let share = 1
  for (let halving = 0; halving < MOST_HALVINGS; halving++) {
    const at = from.map((coordinate, index) => coordinate + share * direction[index]!)
    const expansion = expand(at)
    if (expansion.value >= value) return { at, expansion }
    share /= 2
  }
  return null
}
