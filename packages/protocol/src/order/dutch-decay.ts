// The Dutch rule: an amount moves on a straight line between two moments, in integers, and says what rounding left.
// Source: Uniswap/UniswapX src/lib/DutchDecayLib.sol (delta by mulDivDown; the end counts first, so that a decay of no
// length is a jump; an end before the start reverts). Amounts in base units, times in Unix seconds.
import { mulDivWithResidue, SolventError } from '@solvent/primitives'
import type { RoundedAmount } from './rounded-amount.ts'

/** From `startAmount` until `decayStart` to `endAmount` from `decayEnd` on; it may fall (outputs) or rise (inputs). */
export interface Decay {
  readonly startAmount: bigint
  readonly endAmount: bigint
  readonly decayStart: number
  readonly decayEnd: number
}

/**
 * The amount at `now`; the change since the start is rounded down, so a falling output is rounded in the user's favour.
 *
 * @throws E_RANGE when decayEnd < decayStart and the amounts differ (UniswapX: EndTimeBeforeStartTime)
 * @example decayedAmount({ startAmount: 1000n, endAmount: 900n, decayStart: 100, decayEnd: 200 }, 133).amount // 967n
 */
export function decayedAmount(decay: Decay, now: number): RoundedAmount {
  const { startAmount, endAmount, decayStart, decayEnd } = decay
  if (startAmount === endAmount) return { amount: endAmount, rounding: null }
  if (decayEnd < decayStart) {
    throw new SolventError({
      code: 'E_RANGE',
      message: 'A Dutch schedule ends before it starts.',
      details: { decayStart, decayEnd },
    })
  }
  if (now >= decayEnd) return { amount: endAmount, rounding: null }
  if (now <= decayStart) return { amount: startAmount, rounding: null }
  const falls = endAmount < startAmount
  const divisor = BigInt(decayEnd - decayStart)
  const span = falls ? startAmount - endAmount : endAmount - startAmount
  const { quotient, residue } = mulDivWithResidue(span, BigInt(now - decayStart), divisor)
  return {
    amount: falls ? startAmount - quotient : startAmount + quotient,
    rounding: residue === 0n ? null : { direction: 'floor', residue, divisor },
  }
}

/**
 * The first whole second at which a falling amount is at or below `amount`, or null when it never gets there.
 *
 * @example firstAtOrBelow({ startAmount: 1000n, endAmount: 900n, decayStart: 100, decayEnd: 200 }, 967n) // 133
 */
export function firstAtOrBelow(decay: Decay, amount: bigint): number | null {
  if (decay.startAmount <= amount) return 0
  if (decay.endAmount > amount) return null
  let above = decay.decayStart
  let below = decay.decayEnd
  while (below - above > 1) {
    const middle = above + Math.floor((below - above) / 2)
    if (decayedAmount(decay, middle).amount <= amount) below = middle
    else above = middle
  }
  return below
}
