/** Orders of nodes by a measure. */
import type { Vector } from '../network/checked-vector.ts'

/**
 * Nodes from the largest value to the smallest; equal values in order of the nodes.
 *
 * @example ranking([1, 3, 3]) // Int32Array [1, 2, 0]
 */
export function ranking(values: Vector): Int32Array {
  return Int32Array.from(values.keys()).sort((a, b) => values[b]! - values[a]! || a - b)
}
