// The prices among which learners choose: m points from a little below Nash to a little above monopoly
// (Calvano et al. 2020, §II.B). The points are made by adding the step again and again, as in the authors' program.

export interface GridOptions {
  /** m ≥ 2 */
  readonly points: number
  /** ξ: by what share of the distance from Nash to monopoly the grid reaches beyond both. */
  readonly margin: number
  readonly nashPrice: number
  readonly monopolyPrice: number
}

/**
 * @example priceGrid({ points: 3, margin: 0.5, nashPrice: 1, monopolyPrice: 2 }) // 0.5, 1.5, 2.5
 */
export function priceGrid({ points, margin, nashPrice, monopolyPrice }: GridOptions): Float64Array {
  const reach = margin * (monopolyPrice - nashPrice)
  const lowest = nashPrice - reach
  const step = (monopolyPrice + reach - lowest) / (points - 1)
  const grid = new Float64Array(points)
  let price = lowest
  for (let point = 0; point < points; point++) {
    grid[point] = price
    price += step
  }
  return grid
}
