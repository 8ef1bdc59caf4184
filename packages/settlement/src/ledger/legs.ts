// What makes an entry sound: legs that sum to zero per token, and no balance below zero but SUPPLY (L-3, L-4).
import type { AccountKind, Leg } from '@solvent/protocol'

/** Whether the legs of one entry are at least two, none zero, and sum to zero for each token. */
export function legsBalance(legs: readonly Leg[]): boolean {
  if (legs.length < 2) return false
  const token = (legs[0] as Leg).token
  let sum = 0n
  for (const leg of legs) {
    if (leg.token !== token) return mixedLegsBalance(legs)
    if (leg.amount === 0n) return false
    sum += leg.amount
  }
  return sum === 0n
}

function mixedLegsBalance(legs: readonly Leg[]): boolean {
  const sums = new Map<string, bigint>()
  for (const leg of legs) {
    if (leg.amount === 0n) return false
    sums.set(leg.token, (sums.get(leg.token) ?? 0n) + leg.amount)
  }
  for (const sum of sums.values()) if (sum !== 0n) return false
  return true
}

/** SUPPLY is the only account that may be negative: it owes what holders have. */
export function mayBeNegative(kind: AccountKind): boolean {
  return kind === 'SUPPLY'
}
