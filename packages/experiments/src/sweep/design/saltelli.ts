// Blocks of points that tell what of a figure's variance each parameter brings about (statistics/sobol-indices.ts): a point of
// A, the same with one parameter after the other taken from B, and the point of B; A and B are halves of one Sobol sequence.
//
// Source: A. Saltelli et al., "Variance based sensitivity analysis of model output", Comput. Phys. Commun. 181, 2010, §3.
import { sobolPoints } from './sobol.ts'

/** Parameters whose two halves the sequence's dimensions are enough for. */
export const MOST_SALTELLI_PARAMETERS = 10

/** Points of one block. @example saltelliBlockSize(3) // 5 */
export function saltelliBlockSize(parameters: number): number {
  return parameters + 2
}

/** `blocks` times A, A with parameter 0 of B, A with parameter 1 of B, …, B. */
export function saltelliPoints(blocks: number, parameters: number, skip: number): number[][] {
  return sobolPoints(blocks, 2 * parameters, skip).flatMap((point) => {
    const a = point.slice(0, parameters)
    const b = point.slice(parameters)
    return [a, ...a.map((_, moved) => a.map((value, at) => (at === moved ? b[at]! : value))), b]
  })
}
