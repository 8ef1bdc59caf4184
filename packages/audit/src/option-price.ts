// What a European option is worth, by the audit's own way: its discounted payoff over all prices at expiry, weighed by their lognormal density
// (Black, Scholes 1973), summed by Simpson's rule. Risk-neutral: the drift is the rate.
import { exp, ln, sqrt } from '@solvent/primitives'

export interface OptionTerms {
  readonly option: 'call' | 'put'
  readonly spot: number
  readonly strike: number
  /** A year. */
  readonly volatility: number
  readonly years: number
  readonly rate: number
}

/** Standard deviations beyond which nothing counts, and intervals between. */
const REACH = 12
const INTERVALS = 2_000
const TWO_PI = 2 * Math.PI

export function optionWorth({ option, spot, strike, volatility, years, rate }: OptionTerms): number {
  const spread = volatility * sqrt(years)
  const drift = (rate - (volatility * volatility) / 2) * years
  const kink = (ln(strike / spot) - drift) / spread
  const [low, high] =
    option === 'put' ? [-REACH, Math.min(kink, REACH)] : [Math.max(kink, -REACH), REACH + spread]
  if (low >= high) return 0
  const step = (high - low) / INTERVALS
  const weighed = (z: number): number => Math.abs(spot * exp(drift + spread * z) - strike) * exp((-z * z) / 2)
  let sum = weighed(low) + weighed(high)
  for (let i = 1; i < INTERVALS; i++) sum += weighed(low + i * step) * (i % 2 === 1 ? 4 : 2)
  return (exp(-rate * years) * sum * step) / 3 / sqrt(TWO_PI)
}
