/**
 * What a European option is worth and how it moves, from + − × ÷ √ and the deterministic exponential, logarithm and normal
 * distribution. Black, Scholes 1973; greeks as in Hull, Options, Futures and Other Derivatives. Risk, not money: float64.
 */
import { exp, ln, normalBelow, normalDensity, sqrt } from '@solvent/primitives'

export type OptionKind = 'call' | 'put'

export interface OptionTerms {
  readonly kind: OptionKind
  readonly spot: number
  readonly strike: number
  /** A year, above 0. */
  readonly volatility: number
  /** To expiry; 0 and below: expired. */
  readonly years: number
  /** A year, continuously compounded. */
  readonly rate: number
}

export interface OptionValue {
  readonly price: number
  /** Units of the underlying that move as the option does. */
  readonly delta: number
  /** Change of delta with the price. */
  readonly gamma: number
  /** Change of the price with the volatility. */
  readonly vega: number
  /** Change of delta with the volatility. */
  readonly vanna: number
}

/**
 * Price and greeks of one option on one unit.
 *
 * @example optionValue({ kind: 'call', spot: 42, strike: 40, volatility: 0.2, years: 0.5, rate: 0.1 }).price // 4.7594…
 */
export function optionValue({ kind, spot, strike, volatility, years, rate }: OptionTerms): OptionValue {
  const sign = kind === 'call' ? 1 : -1
  if (!(years > 0) || !(volatility > 0)) {
    const inner = sign * (spot - strike)
    return { price: Math.max(0, inner), delta: inner > 0 ? sign : 0, gamma: 0, vega: 0, vanna: 0 }
  }
  const spread = volatility * sqrt(years)
  const d1 = (ln(spot / strike) + (rate + (volatility * volatility) / 2) * years) / spread
  const d2 = d1 - spread
  const density = normalDensity(d1)
  const discounted = strike * exp(-rate * years)
  return {
    price: sign * (spot * normalBelow(sign * d1) - discounted * normalBelow(sign * d2)),
    delta: sign * normalBelow(sign * d1),
    gamma: density / (spot * spread),
    vega: spot * density * sqrt(years),
    vanna: (-density * d2) / volatility,
  }
}
