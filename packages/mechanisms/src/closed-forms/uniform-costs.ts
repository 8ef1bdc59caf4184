// Closed forms of a procurement auction with n solvers whose costs are independent and uniform on [0, 1]; the lowest price wins, the user
// values the order at 1 (Krishna, Auction Theory, 2nd ed., §2.2–2.5 with the sides swapped; revenue equivalence). Prices as float64.

/**
 * The symmetric Bayes–Nash price at first price: b(c) = c + [(1 − c)^n − (1 − r)^n] / (n (1 − c)^(n−1)) for c ≤ r; null above.
 *
 * @param bidders at least 1; alone, a bidder asks for the reserve. A reserve above 1 binds nobody and counts as 1.
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

/** The expected price without a binding reserve, at first and at second price: 2/(n+1). @example expectedPrice(3) // 0.5 */
export function expectedPrice(bidders: number): number {
  return 2 / (bidders + 1)
}

/** What one solver expects to earn: 1/(n(n+1)). @example rentPerSolver(4) // 0.05 */
export function rentPerSolver(bidders: number): number {
  return 1 / (bidders * (bidders + 1))
}

/** Variance of the price paid: ((n−1)/n)² n/((n+1)²(n+2)) at first price, 2(n−1)/((n+1)²(n+2)) at second. */
export function priceVariance(rule: 'first-price' | 'second-price', bidders: number): number {
  const n = bidders
  const common = (n + 1) * (n + 1) * (n + 2)
  return rule === 'first-price' ? ((n - 1) * (n - 1)) / (n * common) : (2 * (n - 1)) / common
}

/** What a reserve does; sums over all draws, also those without trade. */
export interface UnderReserve {
  readonly probabilityOfTrade: number
  readonly expectedPayment: number
  readonly expectedWinnerCost: number
  readonly rentOfAll: number
  /** Of a user that values the order at 1. */
  readonly userSurplus: number
}

/**
 * Trade, payment, cost and rents under a reserve r ≤ 1, the same in both auctions.
 *
 * The winner's cost and all rents are each (1 − (1−r)^(n+1))/(n+1) − r(1−r)^n: with uniform costs they are equal.
 */
export function underReserve(bidders: number, reserve: number): UnderReserve {
  const none = wholePower(1 - reserve, bidders)
  const half = (1 - none * (1 - reserve)) / (bidders + 1) - reserve * none
  return {
    probabilityOfTrade: 1 - none,
    expectedPayment: 2 * half,
    expectedWinnerCost: half,
    rentOfAll: half,
    userSurplus: 1 - none - 2 * half,
  }
}

/**
 * The reserve that is best for a user of value v (Myerson 1981): the cost whose virtual cost c + F/f = 2c is v, so v/2, whatever the
 * number of bidders.
 *
 * @example optimalReserve(1) // 0.5
 */
export function optimalReserve(value: number): number {
  return value / 2
}

/** When a falling price p0 + (1 − p0) t/T is taken by a bidder with price b: (b − p0) T/(1 − p0). */
export function stoppingTime(
  price: number,
  clock: { readonly from: number; readonly lasts: number },
): number {
  return ((price - clock.from) * clock.lasts) / (1 - clock.from)
}

/** x to a whole power, by multiplication alone. */
function wholePower(x: number, power: number): number {
  let product = 1
  for (let i = 0; i < power; i++) product *= x
  return product
}
