/**
 * The spectral radius of the impacts W, which separates damping from amplification: below 1 a shock dies out, at 1 and
 * above any shock to the component grows until buffers are gone (Bardoscia, Battiston, Caccioli, Caldarelli 2015, PLoS
 * ONE 10:e0130406; Bardoscia et al. 2017, Nature Communications 8:14416 for cycles).
 *
 * Power iteration in each strongly connected component, between the bounds of Collatz 1942 and Wielandt 1950:
 * min (Wx)_i/x_i ≤ ρ ≤ max (Wx)_i/x_i for every x > 0.
 */
import type { SparseMatrix } from '../network/sparse-matrix.ts'
import { strongComponents } from '../network/strong-components.ts'

export interface SpectralRadius {
  /** Halfway between the bounds. */
  readonly radius: number
  /** By how much all impacts could grow before stress is amplified: 1/ρ, Infinity without cycles. */
  readonly criticalGain: number
  /** `critical`: 1 lies within 10⁻⁹ of the radius, or between the bounds. */
  readonly regime: 'damping' | 'critical' | 'amplifying'
  /** Power iterations of the component that took most. */
  readonly rounds: number
  readonly certificate: { readonly lower: number; readonly upper: number }
}

interface Bounds {
  lower: number
  upper: number
  rounds: number
}

/** Bounds this close, as a share, are taken as met. */
const TOLERANCE = 1e-12
/** Entries visited in a component, in all: what a call may cost. */
const MAX_VISITS = 300_000_000
/** Distance from 1 that rounding of impacts may make. */
const TIE = 1e-9
/** W + shift·I has the same vectors and no cycle of signs: a ring does not keep the iteration going round. */
const SHIFT = 0.25

/**
 * The spectral radius of a square matrix of amounts ≥ 0, with bounds.
 *
 * Long rings of unequal entries converge slowly: after 300,000,000 entries the bounds are returned as they are.
 *
 * @example spectralRadius(claimsNetwork(2, [[0, 1, 0.8], [1, 0, 0.2]])).radius // 0.4
 */
export function spectralRadius(matrix: SparseMatrix): SpectralRadius {
  const found: Bounds = { lower: 0, upper: 0, rounds: 0 }
  const componentOf = new Int32Array(matrix.rows).fill(-1)
  strongComponents(matrix).forEach((nodes, component) => {
    if (nodes.length === 1) return
    for (const node of nodes) componentOf[node] = component
    const bounds = radiusWithin(matrix, nodes, componentOf)
    found.lower = Math.max(found.lower, bounds.lower)
    found.upper = Math.max(found.upper, bounds.upper)
    found.rounds = Math.max(found.rounds, bounds.rounds)
  })
  const { lower, upper, rounds } = found
  const radius = (lower + upper) / 2
  return {
    radius,
    criticalGain: 1 / radius,
    regime: upper < 1 - TIE ? 'damping' : lower > 1 + TIE ? 'amplifying' : 'critical',
    rounds,
    certificate: { lower, upper },
  }
}

function radiusWithin(matrix: SparseMatrix, nodes: readonly number[], componentOf: Int32Array): Bounds {
  const { offsets, columnOf, amounts } = matrix
  const component = componentOf[nodes[0]!]!
  const vector = new Float64Array(matrix.rows)
  for (const node of nodes) vector[node] = 1
  const image = new Float64Array(nodes.length)
  const bounds: Bounds = { lower: 0, upper: Number.POSITIVE_INFINITY, rounds: 0 }
  let visits = 0
  do {
    bounds.rounds++
    let [least, most] = [Number.POSITIVE_INFINITY, 0]
    for (const [place, node] of nodes.entries()) {
      let sum = 0
      for (let at = offsets[node]!; at < offsets[node + 1]!; at++) {
        const column = columnOf[at]!
        if (componentOf[column] === component) sum += amounts[at]! * vector[column]!
      }
      visits += offsets[node + 1]! - offsets[node]!
      image[place] = sum
      const ratio = sum / vector[node]!
      if (ratio < least) least = ratio
      if (ratio > most) most = ratio
    }
    bounds.lower = Math.max(bounds.lower, least)
    bounds.upper = Math.min(bounds.upper, most)
    step(vector, nodes, image, SHIFT * bounds.upper)
  } while (visits < MAX_VISITS && bounds.upper - bounds.lower > TOLERANCE * bounds.upper)
  return bounds
}

/** x becomes (W + shift·I)x, scaled to a largest value of 1. */
function step(vector: Float64Array, nodes: readonly number[], image: Float64Array, shift: number): void {
  let largest = 0
  for (const [place, node] of nodes.entries()) {
    vector[node] = image[place]! + shift * vector[node]!
    largest = Math.max(largest, vector[node]!)
  }
  for (const node of nodes) vector[node] = Math.max(Number.MIN_VALUE, vector[node]! / largest)
}

/**
 * An upper bound of the spectral radius, from few passes over all entries; exact where all rows sum to the same.
 *
 * @example gainBound(claimsNetwork(2, [[0, 1, 0.8], [1, 0, 0.8]])) // 0.8
 */
export function gainBound({ rows, offsets, columnOf, amounts }: SparseMatrix): number {
  let vector = new Float64Array(rows).fill(1)
  let bound = Number.POSITIVE_INFINITY
  for (let pass = 0; pass < BOUND_PASSES && bound > ENOUGH; pass++) {
    let most = 0
    const image = new Float64Array(rows)
    for (let row = 0; row < rows; row++) {
      let sum = 0
      for (let at = offsets[row]!; at < offsets[row + 1]!; at++) sum += amounts[at]! * vector[columnOf[at]!]!
      image[row] = sum
      if (sum > most * vector[row]!) most = sum / vector[row]!
    }
    bound = Math.min(bound, most)
    const shift = SHIFT * Math.min(1, bound)
    const scale = 1 / (bound + shift || 1)
    vector = image.map((sum, row) => Math.max(Number.MIN_VALUE, (sum + shift * vector[row]!) * scale))
  }
  return rows === 0 ? 0 : bound
}

const BOUND_PASSES = 20
const ENOUGH = 0.9
