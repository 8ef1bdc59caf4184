// What somebody who has lent a coin sees of where it lies: a reserve of a pool, or an isolated market, where bad debt makes claims less.
import type { Address } from '@solvent/primitives'
import { type CreditView, claimsFloor } from '@solvent/settlement'

export interface LentState {
  readonly cash: bigint
  /** What all suppliers could claim. */
  readonly claims: bigint
  /** Written off and not made good. */
  readonly badDebt: bigint
}

/** @param badDebt what blocks have told of an isolated market's */
export function lentState(
  view: CreditView,
  of: { readonly pool: Address; readonly token: Address },
  atSeconds: number,
  badDebt: bigint,
): LentState | undefined {
  const reserve = view.poolOf(of.pool)?.reserves.get(of.token)
  if (reserve !== undefined)
    return { cash: reserve.cash, claims: claimsFloor(reserve), badDebt: reserve.deficit }
  const totals = view.isolated.totalsAt(of.pool, atSeconds)
  if (totals === null) return undefined
  const { supply, borrow } = totals
  return { cash: supply.assets - borrow.assets, claims: supply.assets, badDebt }
}
