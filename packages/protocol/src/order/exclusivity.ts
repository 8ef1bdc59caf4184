// Exclusivity with override: for a while one solver alone fills at the order's price, others are barred or owe more.
// Source: Uniswap/UniswapX src/lib/ExclusivityLib.sol (holds while now <= end; override by mulDivUp; 0 bps is strict).
// Amounts in base units, times in Unix seconds.
import { type Address, BPS, mulDivWithResidue, ZERO_ADDRESS } from '@solvent/primitives'
import type { AwardRule } from './order.ts'
import type { RoundedAmount } from './rounded-amount.ts'

/** Who is preferred (the zero address: nobody), until when, and what the preference costs others. */
export type Exclusivity = Omit<Extract<AwardRule, { by: 'user' }>, 'by'>

/** The rules that `requiredUnderExclusivity` is made of; tests alter one at a time. */
export interface ExclusivityRules {
  readonly exclusivityHolds: typeof exclusivityHolds
  readonly overriddenAmount: typeof overriddenAmount
}

/** Others than the chosen solver are barred, or owe more, while now <= exclusiveUntil. */
export function exclusivityHolds(now: number, exclusiveUntil: number): boolean {
  return now <= exclusiveUntil
}

/**
 * What a solver that was not chosen must deliver while exclusivity holds: amount · (10000 + bps) / 10000, rounded up.
 *
 * @param overrideBps basis points
 * @example overriddenAmount(1000n, 25).amount // 1003n
 */
export function overriddenAmount(amount: bigint, overrideBps: number): RoundedAmount {
  const { quotient, residue } = mulDivWithResidue(amount, BPS + BigInt(overrideBps), BPS)
  if (residue === 0n) return { amount: quotient, rounding: null }
  return { amount: quotient + 1n, rounding: { direction: 'up', residue: BPS - residue, divisor: BPS } }
}

const exclusivityRules: ExclusivityRules = Object.freeze({ exclusivityHolds, overriddenAmount })

/**
 * What `filler` must deliver where the order's price is `amount`, or null while it is barred.
 *
 * @example requiredUnderExclusivity(1000n, other, { solver, exclusiveUntil: 50, overrideBps: 25 }, 50)?.amount // 1003n
 */
export function requiredUnderExclusivity(
  amount: bigint,
  filler: Address,
  { solver, exclusiveUntil, overrideBps }: Exclusivity,
  now: number,
  rules: ExclusivityRules = exclusivityRules,
): RoundedAmount | null {
  const isFree = solver === filler || solver === ZERO_ADDRESS || !rules.exclusivityHolds(now, exclusiveUntil)
  if (isFree) return { amount, rounding: null }
  return overrideBps === 0 ? null : rules.overriddenAmount(amount, overrideBps)
}
