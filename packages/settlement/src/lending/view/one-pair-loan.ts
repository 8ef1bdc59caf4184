// A loan of one coin against another, as a follower of the pool sees it at a moment.
import { type Address, BPS } from '@solvent/primitives'
import { positionIn, termsOf } from '../account.ts'
import { toAssetsUp } from '../isolated/shares.ts'
import { accountOf, usablePrice } from '../pool.ts'
import { accrued, debtBalanceUp, supplyBalanceFloor, unitOf } from '../reserve.ts'
import type { CreditView } from './credit-view.ts'

export interface OnePairLoan {
  /** Base units, with interest. */
  readonly collateral: bigint
  readonly debt: bigint
  /** Base units of the debt for 10^18 base units of the collateral, by the pool's oracles. */
  readonly priceE18: bigint
  readonly liquidationThresholdBps: bigint
}

const E18 = 10n ** 18n

/** Null when nothing is owed or pledged, or a price is missing. */
export function onePairLoan(
  view: CreditView,
  of: {
    readonly pool: Address
    readonly owner: Address
    readonly collateral: Address
    readonly debt: Address
  },
  atSeconds: number,
): OnePairLoan | null {
  const priceE18 = pairPriceE18(view, of, atSeconds)
  if (view.isolated.markets.has(of.pool)) return isolatedLoan(view, of, priceE18, atSeconds)
  const pool = view.poolOf(of.pool)
  const [held, owed] = [pool?.reserves.get(of.collateral), pool?.reserves.get(of.debt)]
  if (pool === undefined || held === undefined || owed === undefined || priceE18 === null) return null
  const account = accountOf(pool, of.owner)
  const debt = debtBalanceUp(positionIn(account, of.debt).scaledDebt, accrued(owed, atSeconds))
  const collateral = supplyBalanceFloor(
    positionIn(account, of.collateral).scaledSupply,
    accrued(held, atSeconds),
  )
  if (debt === 0n || collateral === 0n) return null
  const { liquidationThresholdBps } = termsOf(account, of.collateral, held, pool.rules)
  return { collateral, debt, priceE18, liquidationThresholdBps }
}

/** Base units of the debt for 10^18 base units of the collateral; null while a price is missing. */
export function pairPriceE18(
  view: CreditView,
  of: { readonly pool: Address; readonly collateral: Address; readonly debt: Address },
  atSeconds: number,
): bigint | null {
  const isolated = view.isolated.markets.get(of.pool)?.spec
  if (isolated !== undefined) {
    const isPair = isolated.collateral.token === of.collateral && isolated.loan.token === of.debt
    const price = isPair ? view.isolatedPrice(of.pool, atSeconds) : null
    return price === null ? null : price / E18
  }
  const pool = view.poolOf(of.pool)
  const moment = view.momentOf(of.pool, atSeconds)
  const [above, below] = [usablePrice(moment, of.collateral), usablePrice(moment, of.debt)]
  const [held, owed] = [pool?.reserves.get(of.collateral), pool?.reserves.get(of.debt)]
  if (held === undefined || owed === undefined || above === null || below === null) return null
  return (above * unitOf(owed) * E18) / (below * unitOf(held))
}

function isolatedLoan(
  view: CreditView,
  { pool, owner }: { readonly pool: Address; readonly owner: Address },
  priceE18: bigint | null,
  atSeconds: number,
): OnePairLoan | null {
  const contract = view.isolated.markets.get(pool)
  const totals = view.isolated.totalsAt(pool, atSeconds)
  const position = contract?.positions.get(owner)
  if (contract === undefined || totals === null || position === undefined || priceE18 === null) return null
  const { collateral, borrowShares } = position
  if (collateral === 0n || borrowShares === 0n) return null
  const debt = toAssetsUp(borrowShares, totals.borrow)
  const liquidationThresholdBps = (contract.spec.lltvWad * BPS) / E18
  return { collateral, debt, priceE18, liquidationThresholdBps }
}
