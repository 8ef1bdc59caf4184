// Liquidation at an isolated market: whoever repays is paid the incentive factor of the market, all of a debt at once if it wants; with
// the last collateral the rest of the debt is taken from all suppliers in the same call. Source: morpho-org/morpho-blue (v1.0.0),
// Morpho.sol (liquidate).
import { minBig } from '@solvent/primitives'
import { type Outcome, refused } from '../../outcome.ts'
import { repaidOf } from './isolated-commands.ts'
import {
  type IsolatedPosition,
  type IsolatedTotals,
  incentiveFactor,
  isHealthy,
  PRICE_SCALE,
} from './isolated-market.ts'
import { toAssetsDown, toAssetsUp, toSharesDown, toSharesUp } from './shares.ts'
import { wDivUp, wMulDown } from './wad-math.ts'

export interface IsolatedLiquidation {
  readonly repaid: bigint
  readonly repaidShares: bigint
  readonly seized: bigint
  readonly badDebt: bigint
  readonly badDebtShares: bigint
  readonly totals: IsolatedTotals
  readonly position: IsolatedPosition
}

/**
 * Repays up to an amount of an unhealthy account's debt. A debt that the collateral does not cover is repaid as far as all of the
 * collateral pays for: the contract lets the liquidator say either, and who liquidates says what fits.
 *
 * @param lossOf what is taken from suppliers of a bad debt: all of it
 */
export function liquidateIsolated(
  totals: IsolatedTotals,
  position: IsolatedPosition,
  most: bigint | 'all',
  {
    lltvWad,
    price,
    lossOf,
  }: {
    readonly lltvWad: bigint
    readonly price: bigint | null
    readonly lossOf: (badDebt: bigint) => bigint
  },
): Outcome<
  IsolatedLiquidation,
  'invalid-amount' | 'no-price' | 'no-debt' | 'health-factor-not-below-threshold'
> {
  if (most !== 'all' && most <= 0n) return refused('invalid-amount')
  if (position.borrowShares === 0n) return refused('no-debt')
  if (price === null) return refused('no-price')
  if (isHealthy(position, totals, lltvWad, price)) return refused('health-factor-not-below-threshold')
  const { repaid, repaidShares, seized } = exchanged(totals, position, most, { lltvWad, price })
  if (seized === 0n && repaidShares === 0n) return refused('invalid-amount')
  const collateral = position.collateral - seized
  const left = position.borrowShares - repaidShares
  const borrow = repaidOf(totals.borrow, repaid, repaidShares)
  const badDebtShares = collateral === 0n ? left : 0n
  const unpaid = minBig(borrow.assets, badDebtShares === 0n ? 0n : toAssetsUp(badDebtShares, borrow))
  const badDebt = lossOf(unpaid)
  return {
    status: 'ok',
    repaid,
    repaidShares,
    seized,
    badDebt,
    badDebtShares,
    totals: {
      ...totals,
      borrow: { assets: borrow.assets - unpaid, shares: borrow.shares - badDebtShares },
      supply: { ...totals.supply, assets: totals.supply.assets - badDebt },
    },
    position: { collateral, borrowShares: left - badDebtShares },
  }
}

function exchanged(
  { borrow }: IsolatedTotals,
  { collateral, borrowShares }: IsolatedPosition,
  most: bigint | 'all',
  { lltvWad, price }: { readonly lltvWad: bigint; readonly price: bigint },
): Pick<IsolatedLiquidation, 'repaid' | 'repaidShares' | 'seized'> {
  const factor = incentiveFactor(lltvWad)
  const wanted = most === 'all' ? borrowShares : minBig(toSharesDown(most, borrow), borrowShares)
  const bought = (wMulDown(toAssetsDown(wanted, borrow), factor) * PRICE_SCALE) / price
  if (bought <= collateral)
    return { repaid: toAssetsUp(wanted, borrow), repaidShares: wanted, seized: bought }
  const quoted = (collateral * price + PRICE_SCALE - 1n) / PRICE_SCALE
  const repaidShares = minBig(toSharesUp(wDivUp(quoted, factor), borrow), borrowShares)
  return { repaid: toAssetsUp(repaidShares, borrow), repaidShares, seized: collateral }
}
