// What an account has in a lending pool, and how healthy that is. Source: aave-v3-origin (v3.7), GenericLogic.sol
// (calculateUserAccountData), EModeLogic.sol. Values in the base currency of the prices (8 decimals): collateral rounded
// down, debt up, the health factor in wad.
import { BPS } from '@solvent/primitives'
import { wadDivHalfUp } from './math/ray-math.ts'
import {
  accrued,
  type CollateralTerms,
  debtBalanceUp,
  type Reserve,
  supplyBalanceFloor,
  unitOf,
} from './reserve.ts'

export interface AccountPosition {
  readonly asset: string
  readonly scaledSupply: bigint
  readonly scaledDebt: bigint
  /** The supply backs debts. */
  readonly isCollateral: boolean
}

export interface Account {
  /** In the order in which assets were first touched; none without supply and debt. */
  readonly positions: readonly AccountPosition[]
  /** The category whose terms hold, or null. */
  readonly eMode: string | null
}

/** Correlated assets, lent against each other on better terms. */
export interface EModeCategory extends CollateralTerms {
  readonly collateral: readonly string[]
  readonly borrowable: readonly string[]
}

export const EMPTY_ACCOUNT: Account = { positions: [], eMode: null }

/** No debt: health has no bound. Solidity's type(uint256).max. */
export const NO_DEBT_HEALTH = (1n << 256n) - 1n

/** What can be looked up while an account is weighed. */
export interface Weighing {
  readonly atSeconds: number
  /** In the base currency, 8 decimals; null when there is no price that may be used. */
  readonly priceOf: (asset: string) => bigint | null
  readonly reserveOf: (asset: string) => Reserve | undefined
  readonly eModes: ReadonlyMap<string, EModeCategory>
}

export interface AccountData {
  readonly collateralValue: bigint
  readonly debtValue: bigint
  /** Weighted by value, rounded down. */
  readonly ltvBps: bigint
  readonly healthFactor: bigint
  readonly hasZeroLtvCollateral: boolean
}

/** Null when a price is missing: the account cannot be judged, and whatever depends on it is refused. */
export function accountData(account: Account, weighing: Weighing): AccountData | null {
  let collateralValue = 0n
  let debtValue = 0n
  let weightedLtv = 0n
  let weightedThreshold = 0n
  let hasZeroLtvCollateral = false
  for (const position of account.positions) {
    const stored = weighing.reserveOf(position.asset)
    if (stored === undefined) return null
    const terms = termsOf(account, position.asset, stored, weighing)
    const isBacking = position.isCollateral && terms.liquidationThresholdBps !== 0n
    if (!isBacking && position.scaledDebt === 0n) continue
    const price = weighing.priceOf(position.asset)
    if (price === null) return null
    const reserve = accrued(stored, weighing.atSeconds)
    const unit = unitOf(reserve)
    if (isBacking) {
      const value = (supplyBalanceFloor(position.scaledSupply, reserve) * price) / unit
      collateralValue += value
      weightedLtv += value * terms.ltvBps
      weightedThreshold += value * terms.liquidationThresholdBps
      if (terms.ltvBps === 0n) hasZeroLtvCollateral = true
    }
    if (position.scaledDebt !== 0n)
      debtValue += valueUp(debtBalanceUp(position.scaledDebt, reserve), price, unit)
  }
  return {
    collateralValue,
    debtValue,
    ltvBps: collateralValue === 0n ? 0n : weightedLtv / collateralValue,
    healthFactor: debtValue === 0n ? NO_DEBT_HEALTH : wadDivHalfUp(weightedThreshold, debtValue) / BPS,
    hasZeroLtvCollateral,
  }
}

/** The terms of an asset as this account's collateral: its category's, when it is of the category. */
export function termsOf(
  { eMode }: Account,
  asset: string,
  { config }: Reserve,
  { eModes }: Pick<Weighing, 'eModes'>,
): CollateralTerms {
  const category = eMode === null ? undefined : eModes.get(eMode)
  return category?.collateral.includes(asset) ? category : config
}

export function valueUp(amount: bigint, price: bigint, unit: bigint): bigint {
  return (amount * price + unit - 1n) / unit
}

export function positionIn({ positions }: Account, asset: string): AccountPosition {
  return (
    positions.find((position) => position.asset === asset) ?? {
      asset,
      scaledSupply: 0n,
      scaledDebt: 0n,
      isCollateral: false,
    }
  )
}

/** The account with one position replaced; without it when nothing is left of it. */
export function withPosition(account: Account, next: AccountPosition): Account {
  const isGone = next.scaledSupply === 0n && next.scaledDebt === 0n
  const isKnown = account.positions.some(({ asset }) => asset === next.asset)
  // Concatenated, not spread: a spread array keeps room for sixteen more, in each of ten thousand accounts.
  if (!isKnown) return isGone ? account : { ...account, positions: account.positions.concat(next) }
  const positions = isGone
    ? account.positions.filter(({ asset }) => asset !== next.asset)
    : account.positions.map((position) => (position.asset === next.asset ? next : position))
  return { ...account, positions }
}

export function hasDebt({ positions }: Account): boolean {
  return positions.some(({ scaledDebt }) => scaledDebt !== 0n)
}
