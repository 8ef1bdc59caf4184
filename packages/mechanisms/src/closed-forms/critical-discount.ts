// How patient members must be for a cartel to hold itself together under grim punishment (Friedman 1971; Tirole, Industrial Organization,
// §6.3). Discount factors per period, float64; a pie of 1 each period goes to whoever asks for least.
import { pow } from '@solvent/primitives'

/**
 * (π_D − π_C)/(π_D − π_N): deviation, collusive and competitive profit per period.
 *
 * @example criticalDiscount({ deviation: 1, collusive: 0.5, competitive: 0 }) // 0.5
 */
export function criticalDiscount(profit: {
  readonly deviation: number
  readonly collusive: number
  readonly competitive: number
}): number {
  return (profit.deviation - profit.collusive) / (profit.deviation - profit.competitive)
}

/** Equal shares each period: 1 − 1/n. */
export function equalSplitDiscount(members: number): number {
  return 1 - 1 / members
}

const ROTATION_STEPS = 200

/**
 * Rotation: the root of d^(n−1) + d^n = 1. Who has just had its turn waits longest, so that rotation needs more patience than sharing.
 *
 * @example rotationDiscount(2) // 0.618…
 */
export function rotationDiscount(members: number): number {
  let low = 0
  let high = 1
  for (let step = 0; step < ROTATION_STEPS; step++) {
    const middle = (low + high) / 2
    let power = 1
    for (let i = 1; i < members; i++) power *= middle
    if (power + power * middle < 1) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Cournot with linear demand and equal costs: (n+1)²/((n+1)² + 4n). */
export function cournotDiscount(members: number): number {
  const square = (members + 1) * (members + 1)
  return square / (square + 4 * members)
}

/** Equal shares, and the cartel is found and ended with probability p each period: (1 − 1/n)/(1 − p); above 1 it cannot hold. */
export function discountUnderDetection(members: number, detectionProbability: number): number {
  return equalSplitDiscount(members) / (1 - detectionProbability)
}

/** Equal shares, and a cheat goes unseen for L periods: (1 − 1/n)^(1/L). */
export function discountUnderLag(members: number, lagPeriods: number): number {
  return pow(equalSplitDiscount(members), 1 / lagPeriods)
}
