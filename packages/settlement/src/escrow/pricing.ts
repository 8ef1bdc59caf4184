// The amount a fill must deliver, in integers, with the rounding of the deployed contracts.
// Source: Uniswap/UniswapX src/lib/DutchDecayLib.sol (delta by mulDivDown, flat outside the window) and
// src/lib/ExclusivityLib.sol (override by mulDivUp). Amounts in base units, times in Unix seconds.
import { BPS, mulDivWithResidue } from '@solvent/primitives'

/** An amount and, where a division was not exact, which way it went and how much it left. */
export interface RoundedAmount {
  readonly amount: bigint
  readonly rounding: AmountRounding | null
}

/** `residue` is the distance to the exact value in units of 1/divisor: 0 < residue < divisor. */
export interface AmountRounding {
  readonly direction: 'floor' | 'up'
  readonly residue: bigint
  readonly divisor: bigint
}

/** A straight line from `startAmount` at `decayStart` to `endAmount` at `decayEnd`. */
export interface Decay {
  readonly startAmount: bigint
  readonly endAmount: bigint
  readonly decayStart: number
  readonly decayEnd: number
}

/**
 * The amount of a linear decay (or growth) at `now`; the change since the start is rounded down.
 *
 * @example decayedAmount({ startAmount: 1000n, endAmount: 900n, decayStart: 100, decayEnd: 200 }, 133).amount // 967n
 */
export function decayedAmount(decay: Decay, now: number): RoundedAmount {
  const { startAmount, endAmount, decayStart, decayEnd } = decay
  if (startAmount === endAmount || now <= decayStart) return { amount: startAmount, rounding: null }
  if (now >= decayEnd) return { amount: endAmount, rounding: null }
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
 * What a solver that was not chosen must deliver while exclusivity holds: amount · (10000 + bps) / 10000, rounded up.
 *
 * @param overrideBps basis points, at least 1
 * @example overriddenAmount(1000n, 25).amount // 1003n
 */
export function overriddenAmount(amount: bigint, overrideBps: number): RoundedAmount {
  const { quotient, residue } = mulDivWithResidue(amount, BPS + BigInt(overrideBps), BPS)
  if (residue === 0n) return { amount: quotient, rounding: null }
  return { amount: quotient + 1n, rounding: { direction: 'up', residue: BPS - residue, divisor: BPS } }
}
