// What a division between amounts and scaled units left, for the journal entry to state (L-7).
import type { Address } from '@solvent/primitives'
import type { Rounding } from '@solvent/protocol'

/** @param token of the quotient */
export function floorRounding(token: Address, numerator: bigint, divisor: bigint): Rounding[] {
  const residue = numerator % divisor
  return residue === 0n ? [] : [{ token, direction: 'floor', residue, divisor }]
}

/** @param token of the quotient */
export function upRounding(token: Address, numerator: bigint, divisor: bigint): Rounding[] {
  const rest = numerator % divisor
  return rest === 0n ? [] : [{ token, direction: 'up', residue: divisor - rest, divisor }]
}
