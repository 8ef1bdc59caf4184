/** Vectors and rates that came from outside, checked once before a model computes with them. */
import { SolventError } from '@solvent/primitives'
import { MAX_AMOUNT } from './sparse-matrix.ts'

/** A vector as callers hold it. */
export type Vector = readonly number[] | Float64Array

/**
 * Copies a vector after checking its length and every value; none may be beyond ±1e150.
 *
 * @param least smallest value allowed; `exclusive` refuses the bound itself
 * @throws SolventError E_RANGE with the vector's name, the index and the value
 * @example checkedVector('buffers', [1, 2], 2, 0) // Float64Array [1, 2]
 */
export function checkedVector(
  name: string,
  values: Vector,
  length: number,
  least = -MAX_AMOUNT,
  bound: 'inclusive' | 'exclusive' = 'inclusive',
): Float64Array {
  if (values.length !== length)
    throw new SolventError({
      code: 'E_RANGE',
      message: `The vector ${name} must have one value for each node.`,
      details: { got: values.length, nodes: length },
    })
  const copy = values instanceof Float64Array ? values.slice() : Float64Array.from(values)
  for (let index = 0; index < length; index++) {
    const value = copy[index]!
    if (!(value >= least && value <= MAX_AMOUNT) || (bound === 'exclusive' && value === least))
      throw new SolventError({
        code: 'E_RANGE',
        message: `A value of ${name} is out of range.`,
        details: { index, value, [bound === 'exclusive' ? 'above' : 'least']: least, most: MAX_AMOUNT },
      })
  }
  return copy
}

/**
 * Checks a number between two bounds, both allowed.
 *
 * @throws SolventError E_RANGE with the number's name and value
 * @example checkedNumber('alpha', 0.5, 0, 1) // 0.5
 */
export function checkedNumber(name: string, value: number, least: number, most: number): number {
  if (!(value >= least && value <= most))
    throw new SolventError({
      code: 'E_RANGE',
      message: `The value of ${name} is out of range.`,
      details: { value, least, most },
    })
  return value
}

/**
 * Checks that a matrix has one row, and one column where given, for each node.
 *
 * @throws SolventError E_RANGE
 */
export function checkedSquare(
  name: string,
  matrix: { readonly rows: number; readonly columns: number },
): number {
  if (matrix.rows !== matrix.columns)
    throw new SolventError({
      code: 'E_RANGE',
      message: `The network ${name} must be square.`,
      details: { rows: matrix.rows, columns: matrix.columns },
    })
  return matrix.rows
}

/** Sum from the first to the last. @example total([1, 2]) // 3 */
export function total(values: Vector): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}

/** The largest value, 0 without any. @example largestOf([1, 2]) // 2 */
export function largestOf(values: Vector): number {
  let largest = 0
  for (let at = 0; at < values.length; at++) if (values[at]! > largest) largest = values[at]!
  return largest
}
