// An isolated market's totals, how they grow, and who is healthy. Claims and debts are counted in shares of totals in base units, so
// that interest and bad debt reach everybody at once. Source: morpho-org/morpho-blue (v1.0.0), Morpho.sol (_accrueInterest,
// _isHealthy, the liquidation incentive factor), ConstantsLib.sol.
import { minBig, WAD } from '@solvent/primitives'
import type { IsolatedMarketSpec } from '@solvent/protocol'
import { borrowRate } from './adaptive-curve.ts'
import { type ShareTotals, toAssetsUp, toSharesDown } from './shares.ts'
import { wDivDown, wMulDown, wTaylorCompounded } from './wad-math.ts'

export interface IsolatedTotals {
  readonly supply: ShareTotals
  readonly borrow: ShareTotals
  /** Unix seconds. */
  readonly updatedAt: number
  /** Of the adaptive curve, wad a second. */
  readonly rateAtTargetWad: bigint
}

/** What one account pledges and owes. */
export interface IsolatedPosition {
  readonly collateral: bigint
  readonly borrowShares: bigint
}

export const NO_POSITION: IsolatedPosition = { collateral: 0n, borrowShares: 0n }

export type IsolatedTerms = Pick<IsolatedMarketSpec, 'lltvWad' | 'feeWad' | 'rate'>

export interface Accrual {
  readonly totals: IsolatedTotals
  readonly interest: bigint
  readonly feeShares: bigint
  readonly rateWad: bigint
}

/** The totals at a later time. */
export function accruedTotals(totals: IsolatedTotals, terms: IsolatedTerms, now: number): Accrual {
  const seconds = BigInt(now - totals.updatedAt)
  if (seconds <= 0n) return { totals, interest: 0n, feeShares: 0n, rateWad: 0n }
  const { supply, borrow } = totals
  const { rateWad, atTargetWad } = borrowRate(terms.rate, totals.rateAtTargetWad, {
    supplied: supply.assets,
    borrowed: borrow.assets,
    seconds,
  })
  const interest = wMulDown(borrow.assets, wTaylorCompounded(rateWad, seconds))
  const assets = supply.assets + interest
  const fee = wMulDown(interest, terms.feeWad)
  const feeShares = fee === 0n ? 0n : toSharesDown(fee, { assets: assets - fee, shares: supply.shares })
  return {
    totals: {
      supply: { assets, shares: supply.shares + feeShares },
      borrow: { assets: borrow.assets + interest, shares: borrow.shares },
      updatedAt: now,
      rateAtTargetWad: atTargetWad,
    },
    interest,
    feeShares,
    rateWad,
  }
}

export const PRICE_SCALE = 10n ** 36n

/** Base units of the loan for one of the collateral times 10^36, of two answers with the same decimals. */
export function priceE36(
  { collateral, loan }: Pick<IsolatedMarketSpec, 'collateral' | 'loan'>,
  answers: { readonly collateral: bigint; readonly loan: bigint },
): bigint {
  const scale = 10n ** BigInt(36 + loan.decimals - collateral.decimals)
  return (answers.collateral * scale) / answers.loan
}

/** The most that an account may owe. */
export function maxBorrow(collateral: bigint, lltvWad: bigint, price: bigint): bigint {
  return wMulDown((collateral * price) / PRICE_SCALE, lltvWad)
}

export function isHealthy(
  position: IsolatedPosition,
  { borrow }: IsolatedTotals,
  lltvWad: bigint,
  price: bigint,
): boolean {
  const owed = toAssetsUp(position.borrowShares, borrow)
  return maxBorrow(position.collateral, lltvWad, price) >= owed
}

/** 0.3 */
const LIQUIDATION_CURSOR = (3n * WAD) / 10n
/** 1.15 */
const MAX_INCENTIVE = (115n * WAD) / 100n

/** What a liquidator is paid for each unit repaid, in wad. @example incentiveFactor(86n * 10n ** 16n) // 1.0438… */
export function incentiveFactor(lltvWad: bigint): bigint {
  return minBig(MAX_INCENTIVE, wDivDown(WAD, WAD - wMulDown(LIQUIDATION_CURSOR, WAD - lltvWad)))
}
