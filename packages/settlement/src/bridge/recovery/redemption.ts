// What a redemption pays after a loss. First come, first served: its whole amount, as far as the lock reaches. Socialised:
// lock / claims of it, rounded down, as they stood when the loss was shared; the rest of the claim is gone. Source:
// settlement reference §6, pro-rata recovery min(1, backing / claims).

import type { Address } from '@solvent/primitives'
import type { Rounding } from '@solvent/protocol'

/** The share that redemptions pay: backing / claims, below 1. */
export interface LossShare {
  readonly backing: bigint
  readonly claims: bigint
}

export interface Redemption {
  readonly paid: bigint
  readonly rounding: readonly Rounding[]
}

/** What a claim of `amount` base units pays; all of it where no loss is shared. */
export function redemption(token: Address, amount: bigint, share: LossShare | null): Redemption {
  if (share === null) return { paid: amount, rounding: [] }
  const { backing, claims } = share
  const residue = (amount * backing) % claims
  const paid = (amount * backing - residue) / claims
  return { paid, rounding: residue === 0n ? [] : [{ token, direction: 'floor', residue, divisor: claims }] }
}
