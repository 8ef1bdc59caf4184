/**
 * Feedback of delta hedging: dealers short gamma trade with the move, and their trades move the price again.
 *
 * The linearised form of Frey, Stremme 1997 and Platen, Schweizer 1998: moves of shock · gᵏ with gain g = impact
 * per unit × units hedged per unit of price. Prices in one unit.
 */
import { SolventError } from '@solvent/primitives'
import { checkedNumber } from '../network/checked-vector.ts'

export interface GammaFeedbackInput {
  /** Price move from outside. */
  readonly shock: number
  /** Price move for each unit traded, ≥ 0. */
  readonly impactPerUnit: number
  /** Units traded with each unit of the move; negative for dealers long gamma, who damp it. */
  readonly shortGammaUnitsPerPrice: number
  /** Above 0: trading halts once the whole move is this large; null without a breaker. */
  readonly circuitBreakerMove: number | null
  /** Rounds to follow, the shock itself being round 0; 1 to 1,000,000. */
  readonly rounds: number
}

export interface GammaFeedback {
  readonly gain: number
  /** The move so far after each round, until the halt. */
  readonly cumulativeMove: readonly number[]
  /** Where the moves settle without a breaker; null when they diverge. */
  readonly limit: number | null
  /** 1 / (1 − g); null when the moves diverge. */
  readonly volatilityMultiplier: number | null
  /** |g| ≥ 1. */
  readonly diverges: boolean
  /** The round whose move reached the breaker; null when none did. */
  readonly haltedAtRound: number | null
  /** Followed, the shock included. */
  readonly rounds: number
  /** Largest |move of rounds − closed form of the geometric sum| over |shock|; 0 at g = 1, which has none. */
  readonly certificate: { readonly residual: number }
}

const MAX_ROUNDS = 1_000_000

/**
 * Follows the rounds of hedging after a shock.
 *
 * @throws SolventError E_RANGE for numbers that are not finite or out of range, and for a diverging move that leaves
 *   the numbers before the rounds end
 * @example
 * gammaFeedback({ shock: -10, impactPerUnit: 0.02, shortGammaUnitsPerPrice: 20, circuitBreakerMove: null,
 *   rounds: 3 }).cumulativeMove // [-10, -14, -15.6]
 */
export function gammaFeedback(input: GammaFeedbackInput): GammaFeedback {
  const largest = Number.MAX_VALUE
  const shock = checkedNumber('shock', input.shock, -largest, largest)
  const impact = checkedNumber('impactPerUnit', input.impactPerUnit, 0, largest)
  const gamma = checkedNumber('shortGammaUnitsPerPrice', input.shortGammaUnitsPerPrice, -largest, largest)
  const rounds = checkedNumber('rounds', input.rounds, 1, MAX_ROUNDS)
  const breaker = input.circuitBreakerMove ?? Number.POSITIVE_INFINITY
  if (!Number.isInteger(rounds) || !(breaker > 0))
    throw new SolventError({
      code: 'E_RANGE',
      message: 'Rounds must be a whole number and the circuit breaker above zero.',
      details: { rounds, circuitBreakerMove: input.circuitBreakerMove },
    })

  const gain = impact * gamma
  const cumulativeMove: number[] = []
  let haltedAtRound: number | null = null
  let move = shock
  let cumulative = 0
  let power = 1
  let residual = 0
  for (let round = 0; round < rounds && haltedAtRound === null; round++) {
    cumulative += move
    if (!Number.isFinite(cumulative)) throw beyondNumbers(gain, round)
    cumulativeMove.push(cumulative)
    if (Math.abs(cumulative) >= breaker) haltedAtRound = round
    move *= gain
    power *= gain
    const closed = (shock * (1 - power)) / (1 - gain)
    if (shock !== 0 && Number.isFinite(closed))
      residual = Math.max(residual, Math.abs((cumulative - closed) / shock))
  }
  const diverges = Math.abs(gain) >= 1
  return {
    gain,
    cumulativeMove,
    limit: diverges ? null : shock / (1 - gain),
    volatilityMultiplier: diverges ? null : 1 / (1 - gain),
    diverges,
    haltedAtRound,
    rounds: cumulativeMove.length,
    certificate: { residual },
  }
}

function beyondNumbers(gain: number, round: number): SolventError {
  return new SolventError({
    code: 'E_RANGE',
    message: 'The move grew beyond all numbers.',
    details: { gain, round },
    hint: 'Follow fewer rounds, or set a circuit breaker.',
  })
}
