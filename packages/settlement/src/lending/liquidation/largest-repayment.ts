// How much of a debt may be repaid at once, and what has to be left. Source: aave-v3-origin (v3.7), LiquidationLogic.sol.
import { minBig } from '@solvent/primitives'
import { type AccountData, valueUp } from '../account.ts'
import { percentMulHalfUp } from '../math/ray-math.ts'

/** Half of all debt, while the position is large and close to healthy. */
const CLOSE_FACTOR_BPS = 5_000n
/** At or below this health all of a debt may be repaid, wad. */
export const CLOSE_FACTOR_HEALTH = 95n * 10n ** 16n
/** Below this value of either side all of it may be repaid: 2,000 of the base currency. */
const MIN_BASE_FOR_CLOSE_FACTOR = 2_000n * 10n ** 8n
/** What a partial liquidation has to leave of both: 1,000 of the base currency. */
const MIN_LEFTOVER_BASE = MIN_BASE_FOR_CLOSE_FACTOR / 2n

export interface Prices {
  readonly collateralPrice: bigint
  readonly collateralUnit: bigint
  readonly debtPrice: bigint
  readonly debtUnit: bigint
}

/** All of the reserve's debt, or as much as half of the account's debts are worth. */
export function mostDebtToCover(data: AccountData, owed: bigint, balance: bigint, prices: Prices): bigint {
  const { collateralPrice, collateralUnit, debtPrice, debtUnit } = prices
  const debtValue = valueUp(owed, debtPrice, debtUnit)
  const isLarge =
    (balance * collateralPrice) / collateralUnit >= MIN_BASE_FOR_CLOSE_FACTOR &&
    debtValue >= MIN_BASE_FOR_CLOSE_FACTOR
  if (!isLarge || data.healthFactor <= CLOSE_FACTOR_HEALTH) return owed
  const half = percentMulHalfUp(data.debtValue, CLOSE_FACTOR_BPS)
  return debtValue > half ? (half * debtUnit) / debtPrice : owed
}

/** What a slow engine lets through of it; all of a debt that is too small for parts. */
export function slowed(
  most: bigint,
  owed: bigint,
  { debtPrice, debtUnit }: Prices,
  partAtOnce?: (owed: bigint) => bigint,
): bigint {
  if (partAtOnce === undefined || valueUp(owed, debtPrice, debtUnit) < MIN_BASE_FOR_CLOSE_FACTOR) return most
  return minBig(most, partAtOnce(owed))
}

export function leavesDust(left: { readonly owed: bigint; readonly held: bigint }, prices: Prices): boolean {
  if (left.owed === 0n || left.held === 0n) return false
  const { collateralPrice, collateralUnit, debtPrice, debtUnit } = prices
  return (
    valueUp(left.owed, debtPrice, debtUnit) < MIN_LEFTOVER_BASE ||
    (left.held * collateralPrice) / collateralUnit < MIN_LEFTOVER_BASE
  )
}
