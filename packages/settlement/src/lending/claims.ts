// What can be done with claims beside supplying and withdrawing: handing them on (receipt tokens are collateral elsewhere),
// choosing which of them back debts, joining a category of correlated assets, the treasury's mint, and the write-off of a
// deficit. Source: aave-v3-origin (v3.7), SupplyLogic.sol (executeFinalizeTransfer, executeUseReserveAsCollateral),
// EModeLogic.sol, PoolLogic.sol (executeMintToTreasury), LiquidationLogic.sol (executeEliminateDeficit).
import { minBig } from '@solvent/primitives'
import { type Outcome, refused } from '../outcome.ts'
import { type Account, accountData, hasDebt, positionIn, termsOf, withPosition } from './account.ts'
import {
  accountOf,
  type HealthRefusal,
  type LendingPool,
  type Moment,
  ONE_HEALTH,
  type ReserveRefusal,
  reserveNow,
  weighingOf,
  whyUnhealthy,
  writeAccount,
} from './pool.ts'
import { type Reserve, scaledSupplyUp, supplyBalanceFloor, withRates } from './reserve.ts'

/** Adds claims to an account; the first of an asset that may be borrowed against become collateral. */
export function withClaims(
  pool: LendingPool,
  account: Account,
  { asset, scaled, reserve }: { readonly asset: string; readonly scaled: bigint; readonly reserve: Reserve },
): Account {
  const held = positionIn(account, asset)
  const isCollateral =
    held.scaledSupply === 0n ? termsOf(account, asset, reserve, pool.rules).ltvBps !== 0n : held.isCollateral
  return withPosition(account, { ...held, scaledSupply: held.scaledSupply + scaled, isCollateral })
}

export type TransferRefusal = ReserveRefusal | HealthRefusal | 'invalid-amount' | 'not-enough-balance'

/** Hands claims to another account; what is rounded favours who gets them. */
export function transferClaims(
  pool: LendingPool,
  transfer: { readonly from: string; readonly to: string; readonly asset: string; readonly amount: bigint },
  moment: Moment,
): Outcome<{ readonly scaled: bigint }, TransferRefusal> {
  const { from, to, asset, amount } = transfer
  const reserve = reserveNow(pool, asset, moment)
  if (reserve === undefined) return refused('unknown-asset')
  if (amount <= 0n) return refused('invalid-amount')
  if (reserve.config.status === 'paused') return refused('reserve-paused')
  const account = accountOf(pool, from)
  const held = positionIn(account, asset)
  const scaled = scaledSupplyUp(amount, reserve)
  if (scaled > held.scaledSupply) return refused('not-enough-balance')
  if (from === to) return { status: 'ok', scaled }
  const scaledSupply = held.scaledSupply - scaled
  const left = withPosition(account, {
    ...held,
    scaledSupply,
    isCollateral: held.isCollateral && scaledSupply !== 0n,
  })
  if (held.isCollateral && hasDebt(left)) {
    const { ltvBps } = termsOf(account, asset, reserve, pool.rules)
    const reason = whyUnhealthy(left, weighingOf(pool, moment), ltvBps)
    if (reason !== null) return refused(reason)
  }
  writeAccount(pool, from, left)
  writeAccount(pool, to, withClaims(pool, accountOf(pool, to), { asset, scaled, reserve }))
  return { status: 'ok', scaled }
}

export type CollateralRefusal = ReserveRefusal | HealthRefusal | 'no-supply' | 'not-collateral'

/** Chooses whether a supply backs debts. */
export function setCollateral(
  pool: LendingPool,
  choice: {
    readonly owner: string
    readonly asset: string
    readonly use: 'as-collateral' | 'not-as-collateral'
  },
  moment: Moment,
): Outcome<{ readonly isCollateral: boolean }, CollateralRefusal> {
  const { owner, asset, use } = choice
  const reserve = reserveNow(pool, asset, moment)
  if (reserve === undefined) return refused('unknown-asset')
  if (reserve.config.status === 'paused') return refused('reserve-paused')
  const account = accountOf(pool, owner)
  const held = positionIn(account, asset)
  const isCollateral = use === 'as-collateral'
  if (held.scaledSupply === 0n) return refused('no-supply')
  if (held.isCollateral === isCollateral) return { status: 'ok', isCollateral }
  const { ltvBps } = termsOf(account, asset, reserve, pool.rules)
  if (isCollateral && ltvBps === 0n) return refused('not-collateral')
  const chosen = withPosition(account, { ...held, isCollateral })
  if (!isCollateral && hasDebt(account)) {
    const reason = whyUnhealthy(chosen, weighingOf(pool, moment), ltvBps)
    if (reason !== null) return refused(reason)
  }
  writeAccount(pool, owner, chosen)
  return { status: 'ok', isCollateral }
}

export type EModeRefusal = 'unknown-e-mode' | 'not-borrowable-in-e-mode' | HealthRefusal

/** Joins a category, or leaves it (null); every debt must be of the category, and the account stays healthy. */
export function setEMode(
  pool: LendingPool,
  { owner, eMode }: { readonly owner: string; readonly eMode: string | null },
  moment: Moment,
): Outcome<{ readonly eMode: string | null }, EModeRefusal> {
  const category = eMode === null ? undefined : pool.rules.eModes.get(eMode)
  if (eMode !== null && category === undefined) return refused('unknown-e-mode')
  const account = accountOf(pool, owner)
  const debts = account.positions.filter(({ scaledDebt }) => scaledDebt !== 0n)
  if (category !== undefined && debts.some(({ asset }) => !category.borrowable.includes(asset)))
    return refused('not-borrowable-in-e-mode')
  const joined = { ...account, eMode }
  if (debts.length > 0) {
    const data = accountData(joined, weighingOf(pool, moment))
    if (data === null) return refused('no-price')
    if (data.healthFactor < ONE_HEALTH) return refused('health-factor-below-threshold')
  }
  writeAccount(pool, owner, joined)
  return { status: 'ok', eMode }
}

/** Turns what was set aside for the treasury into claims of its account. */
export function mintToTreasury(
  pool: LendingPool,
  asset: string,
  moment: Moment,
): Outcome<{ readonly scaled: bigint }, 'unknown-asset' | 'nothing-accrued'> {
  const reserve = reserveNow(pool, asset, moment)
  if (reserve === undefined) return refused('unknown-asset')
  const scaled = reserve.scaledForTreasury
  if (scaled === 0n) return refused('nothing-accrued')
  const { treasury } = pool.rules
  pool.reserves.set(asset, { ...reserve, scaledForTreasury: 0n, scaledSupply: reserve.scaledSupply + scaled })
  writeAccount(pool, treasury, withClaims(pool, accountOf(pool, treasury), { asset, scaled, reserve }))
  return { status: 'ok', scaled }
}

export type CoverRefusal =
  | 'unknown-asset'
  | 'invalid-amount'
  | 'reserve-not-in-deficit'
  | 'coverer-has-debt'
  | 'not-enough-balance'

/** An insurer gives up claims for a deficit: that much of it is gone, and with it as much that suppliers could lose. */
export function coverDeficit(
  pool: LendingPool,
  { owner, asset, amount }: { readonly owner: string; readonly asset: string; readonly amount: bigint },
  moment: Moment,
): Outcome<{ readonly covered: bigint }, CoverRefusal> {
  const reserve = reserveNow(pool, asset, moment)
  if (reserve === undefined) return refused('unknown-asset')
  if (amount <= 0n) return refused('invalid-amount')
  if (reserve.deficit === 0n) return refused('reserve-not-in-deficit')
  const account = accountOf(pool, owner)
  if (hasDebt(account)) return refused('coverer-has-debt')
  const held = positionIn(account, asset)
  const covered = minBig(amount, reserve.deficit)
  const scaled = scaledSupplyUp(covered, reserve)
  if (scaled > held.scaledSupply) return refused('not-enough-balance')
  const scaledSupply = held.scaledSupply - scaled
  pool.reserves.set(
    asset,
    withRates({
      ...reserve,
      scaledSupply: reserve.scaledSupply - scaled,
      deficit: reserve.deficit - covered,
    }),
  )
  const isCollateral = held.isCollateral && scaledSupply !== 0n
  writeAccount(pool, owner, withPosition(account, { ...held, scaledSupply, isCollateral }))
  return { status: 'ok', covered }
}

/** What all who supplied could claim together, rounded down, with what is set aside for the treasury. */
export function claimsFloor(reserve: Reserve): bigint {
  return supplyBalanceFloor(reserve.scaledSupply + reserve.scaledForTreasury, reserve)
}
