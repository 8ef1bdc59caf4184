// Tokens that keep a part of every transfer: the receiver gets less than the sender gave, and the rest is burned. Source: STA,
// which burned a hundredth (Balancer, June 2020: the pool credited what was sent in place of what arrived).
import { type Address, BPS, mulDivWithResidue } from '@solvent/primitives'
import type { Leg, Rounding } from '@solvent/protocol'
import type { CallContext } from './call-context.ts'

export interface Arrival {
  /** What of the amount the receiver is credited with. */
  readonly received: bigint
  /** Where the rest goes; none for a token without a fee. */
  readonly legs: readonly Leg[]
  readonly rounding: readonly Rounding[]
}

/**
 * What arrives of an amount that a token's contract moves; the fee is rounded up.
 *
 * @example afterFee(context, sta, 101n).received // 99n at 100 basis points: ceil(101 / 100) = 2 are burned
 */
export function afterFee(
  { index, chain }: Pick<CallContext, 'index' | 'chain'>,
  token: Address,
  amount: bigint,
): Arrival {
  const feeBps = index.token(chain.chainId, token)?.transferFeeBps ?? 0
  if (feeBps === 0 || amount <= 0n) return { received: amount, legs: [], rounding: [] }
  const { quotient, residue } = mulDivWithResidue(amount, BigInt(feeBps), BPS)
  const fee = residue === 0n ? quotient : quotient + 1n
  return {
    received: amount - fee,
    legs: [{ kind: 'BURN', owner: '', token, amount: fee }],
    rounding: residue === 0n ? [] : [{ token, direction: 'up', residue: BPS - residue, divisor: BPS }],
  }
}
