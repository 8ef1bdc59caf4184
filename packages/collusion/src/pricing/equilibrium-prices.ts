// The two ends between which collusion is measured: prices of the one-shot Nash equilibrium and of joint monopoly.
// First-order conditions under logit demand (Anderson, de Palma and Thisse, Discrete Choice Theory of Product
// Differentiation, 1992, §7): (p_i − c_i)(1 − q_i) = μ for Nash, and one markup m = μ/q_0 for all under monopoly.
// Both are Wright's omega in disguise: with x = markup/μ − 1 they read x + ln x = l.
import { exp, ln } from '@solvent/primitives'
import type { LogitMarket } from './logit-market.ts'
import { omega } from './omega.ts'

const MOST_ROUNDS = 10_000

/** The price with which a firm answers the prices of the others; its own entry is not read. */
export function bestResponse(market: LogitMarket, firm: number, prices: readonly number[]): number {
  const { qualities, costs, outsideQuality, differentiation } = market
  const cost = costs[firm] ?? 0
  let rivals = exp(outsideQuality / differentiation)
  for (const [other, quality] of qualities.entries())
    if (other !== firm) rivals += exp((quality - (prices[other] ?? 0)) / differentiation)
  const l = ((qualities[firm] ?? 0) - cost) / differentiation - 1 - ln(rivals)
  return cost + differentiation * (1 + omega(l))
}

/**
 * Nash prices, by best responses in turn from cost upwards. Prices are strategic complements under logit demand, so
 * that the walk rises to the equilibrium (Milgrom and Roberts, Econometrica 58, 1990).
 */
export function nashPrices(market: LogitMarket): number[] {
  const prices = [...market.costs]
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let moved = 0
    for (const firm of prices.keys()) {
      const answer = bestResponse(market, firm, prices)
      moved = Math.max(moved, Math.abs(answer - (prices[firm] ?? 0)))
      prices[firm] = answer
    }
    if (moved < 1e-15) break
  }
  return prices
}

/** Prices that maximise the sum of profits: cost plus one markup for all. */
export function monopolyPrices(market: LogitMarket): number[] {
  const { qualities, costs, outsideQuality, differentiation } = market
  const inside = qualities.reduce(
    (sum, quality, firm) => sum + exp((quality - (costs[firm] ?? 0) - outsideQuality) / differentiation),
    0,
  )
  const markup = differentiation * (1 + omega(ln(inside) - 1))
  return costs.map((cost) => cost + markup)
}

/** δ* = (π_D − π_C)/(π_D − π_N): the patience from which grim punishment holds a firm to collusion. */
export function criticalDiscount(profit: {
  readonly deviation: number
  readonly collusion: number
  readonly nash: number
}): number {
  return (profit.deviation - profit.collusion) / (profit.deviation - profit.nash)
}
