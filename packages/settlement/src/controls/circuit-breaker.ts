// A circuit breaker: it halts trading for a time once the price has moved far enough from where it stood at the start of a window.
// Source: single-stock limit up–limit down and market-wide halts as exchanges publish them (a band around a reference price, a pause of
// fixed length, a new reference afterwards). Prices with 8 decimals.
import { absBig, BPS } from '@solvent/primitives'
import { impossibleOf, type ParameterFault } from '../parameter-fault.ts'

export interface BreakerRules {
  /** A move of so much of the reference halts. */
  readonly moveBps: bigint
  /** The reference is the first price of a window of so long. */
  readonly windowSeconds: number
  readonly haltSeconds: number
}

export interface BreakerState {
  /** Null before the first price, and after a halt until the next. */
  readonly reference: { readonly priceE8: bigint; readonly since: number } | null
  /** Trading is halted before this moment, Unix seconds. */
  readonly haltedUntil: number
  readonly halts: number
}

export const BREAKER_AT_REST: BreakerState = { reference: null, haltedUntil: 0, halts: 0 }

export function isHalted({ haltedUntil }: BreakerState, now: number): boolean {
  return now < haltedUntil
}

/** Takes note of a price; while halted it takes none. */
export function afterPrice(
  state: BreakerState,
  priceE8: bigint,
  now: number,
  { moveBps, windowSeconds, haltSeconds }: BreakerRules,
): BreakerState {
  if (isHalted(state, now)) return state
  const { reference } = state
  if (reference === null || now - reference.since >= windowSeconds)
    return { ...state, reference: { priceE8, since: now } }
  const moved = absBig(priceE8 - reference.priceE8) * BPS
  if (moved < reference.priceE8 * moveBps) return state
  return { reference: null, haltedUntil: now + haltSeconds, halts: state.halts + 1 }
}

export function breakerFaults({ moveBps, windowSeconds, haltSeconds }: BreakerRules): ParameterFault[] {
  return impossibleOf([
    [moveBps <= 0n, 'a breaker waits for a move above 0'],
    [!(windowSeconds >= 1), 'a window lasts at least a second'],
    [!(haltSeconds >= 1), 'a halt lasts at least a second'],
  ])
}
