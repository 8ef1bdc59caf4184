// The priority-fee rule: fills compete in what they pay the block's producer, and the output grows with it. Source: UniswapX
// PriorityOrderReactor, PriorityFeeLib (output = ceil(amount · (1e7 + fee · mps) / 1e7)), here with a unit for the fee. Base units.
import { mulDivWithResidue } from '@solvent/primitives'
import type { RoundedAmount } from './rounded-amount.ts'

export interface PriorityFee {
  /** Growth of the output per unit of fee, in units of 1e-7. */
  readonly milliBipsPerFee: number
  /** Wei per gas that make one unit of fee; what is less counts as nothing. */
  readonly feeUnit: bigint
}

const MILLI_BIPS = 10_000_000n

/** Units of fee in a tip (wei per gas). */
export function feeOfTip(tip: bigint, feeUnit: bigint): bigint {
  return feeUnit === 0n ? 0n : tip / feeUnit
}

/**
 * What a fill must deliver at a fee, rounded up: in the user's favour.
 *
 * @example amountAtFee(1_000_000n, 3n, 10n).amount // 1_000_003n
 */
export function amountAtFee(amount: bigint, fee: bigint, milliBipsPerFee: bigint): RoundedAmount {
  const { quotient, residue } = mulDivWithResidue(amount, MILLI_BIPS + fee * milliBipsPerFee, MILLI_BIPS)
  if (residue === 0n) return { amount: quotient, rounding: null }
  return {
    amount: quotient + 1n,
    rounding: { direction: 'up', residue: MILLI_BIPS - residue, divisor: MILLI_BIPS },
  }
}
