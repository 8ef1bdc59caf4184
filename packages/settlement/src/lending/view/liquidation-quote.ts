// What liquidating an account would bring, by asking the machine itself and taking everything back.
import type { Address } from '@solvent/primitives'
import { minBig } from '@solvent/primitives'
import { ALL_OF_IT } from '@solvent/protocol'
import { accountData } from '../account.ts'
import { liquidate } from '../liquidation/liquidate.ts'
import { type Moment, ONE_HEALTH, weighingOf } from '../pool.ts'
import { accrued, debtBalanceUp, type Reserve } from '../reserve.ts'
import type { CreditView } from './credit-view.ts'

export interface LiquidationQuote {
  readonly collateral: Address
  readonly debt: Address
  readonly debtToCover: bigint
  readonly debtRepaid: bigint
  /** To the liquidator. */
  readonly seized: bigint
}

/**
 * Every pair of a collateral and a debt of an account that may be liquidated at a moment, with what it would bring; none while the
 * account is healthy, cannot be judged, or the capital does not reach.
 */
export function quoteLiquidations(
  view: CreditView,
  at: { readonly pool: Address; readonly borrower: string; readonly moment: Moment },
  by: { readonly liquidator: Address; readonly capitalOf: (token: Address) => bigint },
): LiquidationQuote[] {
  const pool = view.poolOf(at.pool)
  const account = pool?.accounts.get(at.borrower)
  if (pool === undefined || account === undefined) return []
  const data = accountData(account, weighingOf(pool, at.moment))
  if (data === null || data.healthFactor >= ONE_HEALTH) return []
  const collateral = account.positions.filter(({ isCollateral }) => isCollateral)
  const debts = account.positions.filter(({ scaledDebt }) => scaledDebt !== 0n)
  return debts.flatMap(({ asset: debtAsset, scaledDebt }) => {
    const reserve = pool.reserves.get(debtAsset) as Reserve
    const owed = debtBalanceUp(scaledDebt, accrued(reserve, at.moment.atSeconds))
    const capital = by.capitalOf(debtAsset as Address)
    if (capital <= 0n) return []
    const debtToCover = capital >= owed ? ALL_OF_IT : minBig(capital, owed)
    return collateral.flatMap(({ asset: collateralAsset }): LiquidationQuote[] => {
      const { liquidator } = by
      const call = { liquidator, borrower: at.borrower, collateralAsset, debtAsset, debtToCover }
      const done = view.trying(() => liquidate(pool, { ...call, receive: 'underlying' }, at.moment))
      if (done.status === 'refused' || done.debtRepaid > capital) return []
      const { debtRepaid, collateralToLiquidator: seized } = done
      return [
        {
          collateral: collateralAsset as Address,
          debt: debtAsset as Address,
          debtToCover,
          debtRepaid,
          seized,
        },
      ]
    })
  })
}
