// Price competition with logit demand: firms with differentiated products and an outside good.
// Calvano, Calzolari, Denicolò and Pastorello, "Artificial Intelligence, Algorithmic Pricing, and Collusion",
// American Economic Review 110(10), 2020, §II.A. Prices, costs, qualities and μ are in one unit of money.
import { exp, ln } from '@solvent/primitives'

export interface LogitMarket {
  /** a_i: quality of each firm's product. */
  readonly qualities: readonly number[]
  /** c_i: marginal cost of each firm. */
  readonly costs: readonly number[]
  /** a_0: quality of the outside good. */
  readonly outsideQuality: number
  /** μ > 0: how different the products are to buyers; near 0 they are perfect substitutes. */
  readonly differentiation: number
}

/**
 * The baseline of the paper: two firms, c = 1, a = 2, a_0 = 0, μ = 0.25; or more of the same firms.
 */
export function symmetricLogitMarket(firms: number): LogitMarket {
  return {
    qualities: Array<number>(firms).fill(2),
    costs: Array<number>(firms).fill(1),
    outsideQuality: 0,
    differentiation: 0.25,
  }
}

/** q_i = exp((a_i − p_i)/μ) / (Σ_j exp((a_j − p_j)/μ) + exp(a_0/μ)) */
export function demand(market: LogitMarket, prices: readonly number[]): number[] {
  const { qualities, outsideQuality, differentiation } = market
  const weights = qualities.map((quality, firm) => exp((quality - priceOf(prices, firm)) / differentiation))
  const total = weights.reduce((sum, weight) => sum + weight, 0) + exp(outsideQuality / differentiation)
  return weights.map((weight) => weight / total)
}

/** π_i = (p_i − c_i) q_i */
export function profits(market: LogitMarket, prices: readonly number[]): number[] {
  return demand(market, prices).map(
    (share, firm) => (priceOf(prices, firm) - (market.costs[firm] ?? 0)) * share,
  )
}

/** What buyers gain: μ ln(Σ_j exp((a_j − p_j)/μ) + exp(a_0/μ)). */
export function consumerSurplus(market: LogitMarket, prices: readonly number[]): number {
  const { qualities, outsideQuality, differentiation } = market
  const total = qualities.reduce(
    (sum, quality, firm) => sum + exp((quality - priceOf(prices, firm)) / differentiation),
    exp(outsideQuality / differentiation),
  )
  return differentiation * ln(total)
}

function priceOf(prices: readonly number[], firm: number): number {
  const price = prices[firm]
  if (price === undefined) throw new RangeError(`A price is missing for firm ${firm}.`)
  return price
}
