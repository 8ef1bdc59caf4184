// The Sobol sequence, unscrambled, in Gray-code order: every 2^k first points have, in each dimension, one point in
// each of 2^k equal slices.
//
// Sources: I. Antonov, V. Saleev, "An economic method of computing LPτ-sequences", USSR Comput. Math. 19(1), 1979;
// direction numbers: S. Joe, F. Kuo, "Constructing Sobol sequences with better two-dimensional projections", SIAM J.
// Sci. Comput. 30(5), 2008, table new-joe-kuo-6.

const BITS = 32
const SCALE = 2 ** BITS

/** Degree, coefficients and first direction numbers of dimensions 2 to 21; the first dimension is van der Corput's. */
const DIRECTIONS: readonly (readonly [degree: number, coefficients: number, first: readonly number[]])[] = [
  [1, 0, [1]],
  [2, 1, [1, 3]],
  [3, 1, [1, 3, 1]],
  [3, 2, [1, 1, 1]],
  [4, 1, [1, 1, 3, 3]],
  [4, 4, [1, 3, 5, 13]],
  [5, 2, [1, 1, 5, 5, 17]],
  [5, 4, [1, 1, 5, 5, 5]],
  [5, 7, [1, 1, 7, 11, 19]],
  [5, 11, [1, 1, 5, 1, 1]],
  [5, 13, [1, 1, 1, 3, 11]],
  [5, 14, [1, 3, 5, 5, 31]],
  [6, 1, [1, 3, 3, 9, 7, 49]],
  [6, 13, [1, 1, 1, 15, 21, 21]],
  [6, 16, [1, 3, 1, 13, 27, 49]],
  [6, 19, [1, 1, 1, 15, 7, 5]],
  [6, 22, [1, 3, 1, 15, 13, 25]],
  [6, 25, [1, 1, 5, 5, 19, 61]],
  [7, 1, [1, 3, 7, 11, 23, 15, 103]],
  [7, 4, [1, 3, 7, 13, 13, 15, 69]],
]

/**
 * Points `skip` to `skip + count - 1` of the sequence.
 *
 * @param dimensions at most 21
 * @example sobolPoints(4, 2, 0) // [[0, 0], [0.5, 0.5], [0.75, 0.25], [0.25, 0.75]]
 */
export function sobolPoints(count: number, dimensions: number, skip: number): number[][] {
  const directions = Array.from({ length: dimensions }, (_, dimension) => directionsOf(dimension))
  const state = new Uint32Array(dimensions)
  const points: number[][] = []
  for (let index = 0; index < skip + count; index++) {
    if (index >= skip) points.push(Array.from(state, (word) => word / SCALE))
    // The place of the lowest zero of the index.
    const place = 31 - Math.clz32(~index & (index + 1))
    for (let dimension = 0; dimension < dimensions; dimension++)
      state[dimension] = state[dimension]! ^ directions[dimension]![place]!
  }
  return points
}

function directionsOf(dimension: number): Uint32Array {
  const words = new Uint32Array(BITS)
  if (dimension === 0) {
    for (let bit = 0; bit < BITS; bit++) words[bit] = 2 ** (BITS - 1 - bit)
    return words
  }
  const [degree, coefficients, first] = DIRECTIONS[dimension - 1]!
  for (let bit = 0; bit < BITS; bit++) {
    if (bit < degree) {
      words[bit] = first[bit]! * 2 ** (BITS - 1 - bit)
      continue
    }
    let word = words[bit - degree]! ^ (words[bit - degree]! >>> degree)
    for (let term = 1; term < degree; term++)
      if (((coefficients >>> (degree - 1 - term)) & 1) === 1) word ^= words[bit - term]!
    words[bit] = word
  }
  return words
}
