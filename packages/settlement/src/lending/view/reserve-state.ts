// A reserve at a time, in amounts: what whoever looks at it from outside wants to know.
import { claimsFloor } from '../claims.ts'
import type { LendingPool } from '../pool.ts'
import { accrued, debtBalanceUp, supplyBalanceFloor } from '../reserve.ts'

export interface ReserveState {
  readonly cash: bigint
  readonly borrowed: bigint
  readonly supplied: bigint
  readonly forTreasury: bigint
  readonly deficit: bigint
  readonly supplyIndexRay: bigint
  readonly supplyRateRay: bigint
  readonly borrowRateRay: bigint
}

/** Null when the pool has no such reserve. */
export function reserveState(
  { reserves }: LendingPool,
  token: string,
  atSeconds: number,
): ReserveState | null {
  const stored = reserves.get(token)
  if (stored === undefined) return null
  const reserve = accrued(stored, atSeconds)
  const { cash, deficit, supplyRateRay, borrowRateRay } = reserve
  const forTreasury = supplyBalanceFloor(reserve.scaledForTreasury, reserve)
  return {
    cash,
    borrowed: debtBalanceUp(reserve.scaledDebt, reserve),
    supplied: claimsFloor(reserve) - forTreasury,
    forTreasury,
    deficit,
    supplyIndexRay: reserve.liquidityIndexRay,
    supplyRateRay,
    borrowRateRay,
  }
}
