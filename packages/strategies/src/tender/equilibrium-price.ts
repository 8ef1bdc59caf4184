// The symmetric Bayes–Nash price of a first-price tender with independent costs, uniform on [0, 1] (Krishna, Auction Theory, 2nd ed.,
// §2.3 and §2.5, with the sides swapped). Other supports are mapped to it.

/**
 * b(c) = c + [(1 − c)^n − (1 − r)^n] / (n (1 − c)^(n−1)) for c ≤ r; null above. A reserve above 1 binds nobody and counts as 1.
 *
 * @param bidders at least 1; alone, a bidder asks for the reserve
 * @example equilibriumPrice({ cost: 0.5, bidders: 2, reserve: 1 }) // 0.75
 */
export function equilibriumPrice(tender: {
  readonly cost: number
  readonly bidders: number
  readonly reserve: number
}): number | null {
  const { cost, bidders, reserve } = tender
  if (cost > reserve) return null
  if (bidders <= 1) return reserve
  const limit = Math.min(reserve, 1)
  if (cost >= limit) return cost
  const others = wholePower(1 - cost, bidders - 1)
  return cost + (others * (1 - cost) - wholePower(1 - limit, bidders)) / (bidders * others)
}

/** x to a whole power, by multiplication alone. */
function wholePower(x: number, power: number): number {
  let product = 1
  for (let i = 0; i < power; i++) product *= x
  return product
}
