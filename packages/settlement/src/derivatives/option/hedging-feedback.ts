/**
 * Hedgers that trade the underlying with every move of price and volatility, and move the price again: short gamma they trade with
 * the move and amplify it to shock / (1 − g), g = λ·Γ; long gamma they damp it. A volatility that rises as the price falls changes
 * their deltas too (vanna): vega hedgers trade on it. Frey, Stremme 1997; Platen, Schweizer 1998 (linear impact). float64.
 */
import type { OptionTerms } from './black-scholes.ts'
import { optionValue } from './black-scholes.ts'

/** Units of the underlying that a hedger wants to hold at a price and a volatility. */
export type HedgeTarget = (price: number, volatility: number) => number

export interface FeedbackInput {
  readonly price: number
  readonly volatility: number
  /** Price move from outside. */
  readonly shock: number
  /** Price move for each unit that is traded. */
  readonly impactPerUnit: number
  /** Change of volatility for a price move of one unit; below 0: it rises as the price falls. */
  readonly volatilityPerMove: number
  /** Trading halts once the whole move is this large; null without a breaker. */
  readonly breakerMove: number | null
  /** The shock itself being round 0. */
  readonly rounds: number
  readonly hedgers: readonly HedgeTarget[]
}

export interface FeedbackRun {
  /** The move so far after each round, until the halt. */
  readonly cumulativeMove: readonly number[]
  /** Units that hedgers traded in each round after the shock. */
  readonly traded: readonly number[]
  readonly volatility: number
  readonly haltedAtRound: number | null
}

/** Follows the rounds: all hedgers trade to their target at the price of the round before, and the price moves by what they traded. */
export function hedgingFeedback(input: FeedbackInput): FeedbackRun {
  const { price, shock, impactPerUnit, volatilityPerMove, breakerMove, rounds, hedgers } = input
  const held = hedgers.map((target) => target(price, input.volatility))
  const cumulativeMove: number[] = []
  const traded: number[] = []
  let move = shock
  let cumulative = 0
  let volatility = input.volatility
  for (let round = 0; round < rounds; round++) {
    cumulative += move
    cumulativeMove.push(cumulative)
    volatility = Math.max(0, input.volatility + volatilityPerMove * cumulative)
    if (breakerMove !== null && Math.abs(cumulative) >= breakerMove)
      return { cumulativeMove, traded, volatility, haltedAtRound: round }
    let units = 0
    for (const [i, target] of hedgers.entries()) {
      const wanted = target(price + cumulative, volatility)
      units += wanted - (held[i] as number)
      held[i] = wanted
    }
    traded.push(units)
    move = impactPerUnit * units
  }
  return { cumulativeMove, traded, volatility, haltedAtRound: null }
}

/** What who has sold so many options holds to be neutral: their delta at each price and volatility. */
export function shortOptionHedge(sold: number, terms: Omit<OptionTerms, 'spot' | 'volatility'>): HedgeTarget {
  return (spot, volatility) => sold * optionValue({ ...terms, spot, volatility }).delta
}
