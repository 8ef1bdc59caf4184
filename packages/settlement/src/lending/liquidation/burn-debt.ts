// Debt that leaves an account: repaid, sold with its collateral, or written off when there is none left. Source: aave-v3-origin
// (v3.7), LiquidationLogic.sol (_burnDebtTokens, _burnBadDebt).
import { type Account, positionIn, withPosition } from '../account.ts'
import type { LendingPool, Moment } from '../pool.ts'
import { accrued, debtBalanceUp, type Reserve, scaledDebtFloor, withRates } from '../reserve.ts'

export interface WrittenOff {
  readonly asset: string
  readonly amount: bigint
}

interface Burn {
  readonly asset: string
  readonly reserve: Reserve
  readonly owed: bigint
  readonly repaid: bigint
  /** What is not repaid is written off. */
  readonly isLastCollateral: boolean
  readonly badDebt: WrittenOff[]
}

export function burnDebt(pool: LendingPool, account: Account, burn: Burn): Account {
  const { asset, reserve, owed, repaid, isLastCollateral } = burn
  const held = positionIn(account, asset)
  const scaled = scaledDebtFloor(isLastCollateral ? owed : repaid, reserve)
  const writtenOff = isLastCollateral ? owed - repaid : 0n
  if (writtenOff !== 0n) burn.badDebt.push({ asset, amount: writtenOff })
  pool.reserves.set(
    asset,
    withRates({
      ...reserve,
      cash: reserve.cash + repaid,
      scaledDebt: reserve.scaledDebt - scaled,
      deficit: reserve.deficit + writtenOff,
    }),
  )
  return withPosition(account, { ...held, scaledDebt: held.scaledDebt - scaled })
}

/** Writes every debt off that an account without collateral still has. */
export function writeOffAll(
  pool: LendingPool,
  account: Account,
  { atSeconds }: Moment,
  badDebt: WrittenOff[],
): Account {
  let left = account
  for (const { asset, scaledDebt } of account.positions) {
    if (scaledDebt === 0n) continue
    const reserve = accrued(pool.reserves.get(asset) as Reserve, atSeconds)
    const owed = debtBalanceUp(scaledDebt, reserve)
    left = burnDebt(pool, left, { asset, reserve, owed, repaid: 0n, isLastCollateral: true, badDebt })
  }
  return left
}
