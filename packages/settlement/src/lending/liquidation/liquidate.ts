// Fixed-spread liquidation: anybody repays part of an unhealthy account's debt and is paid collateral with a bonus. Source:
// aave-v3-origin (v3.7), LiquidationLogic.sol (executeLiquidationCall, _burnDebtTokens, _burnBadDebt), ValidationLogic.sol
// (validateLiquidationCall). When the last collateral goes, every debt that is left is written off in the same call.
import { minBig } from '@solvent/primitives'
import { type Outcome, refused } from '../../outcome.ts'
import {
  type Account,
  type AccountData,
  accountData,
  positionIn,
  termsOf,
  valueUp,
  withPosition,
} from '../account.ts'
import { withClaims } from '../claims.ts'
import { percentMulHalfUp } from '../math/ray-math.ts'
import {
  accountOf,
  isLastCollateral,
  type LendingPool,
  type Moment,
  ONE_HEALTH,
  reserveNow,
  usablePrice,
  weighingOf,
  writeAccount,
} from '../pool.ts'
import {
  accrued,
  debtBalanceUp,
  type Reserve,
  scaledDebtFloor,
  scaledSupplyUp,
  supplyBalanceFloor,
  unitOf,
  withRates,
} from '../reserve.ts'
import { type LiquidationAmounts, liquidationAmounts } from './liquidation-amounts.ts'

/** Half of all debt, while the position is large and close to healthy. */
const CLOSE_FACTOR_BPS = 5_000n
/** At or below this health all of a debt may be repaid, wad. */
const CLOSE_FACTOR_HEALTH = 95n * 10n ** 16n
/** Below this value of either side all of it may be repaid: 2,000 of the base currency. */
const MIN_BASE_FOR_CLOSE_FACTOR = 2_000n * 10n ** 8n
/** What a partial liquidation has to leave of both: 1,000 of the base currency. */
const MIN_LEFTOVER_BASE = MIN_BASE_FOR_CLOSE_FACTOR / 2n

export interface Liquidation {
  readonly liquidator: string
  readonly borrower: string
  readonly collateralAsset: string
  readonly debtAsset: string
  /** At most; what the close factor and the collateral do not allow is not taken. */
  readonly debtToCover: bigint
  /** `claims`: the liquidator takes over the supply instead of withdrawing it, which needs no cash in the reserve. */
  readonly receive: 'underlying' | 'claims'
}

export interface Liquidated {
  readonly collateralAsset: string
  readonly debtAsset: string
  readonly debtRepaid: bigint
  readonly collateralToLiquidator: bigint
  readonly protocolFeeCollateral: bigint
  /** Debts written off by asset, the repaid one first. */
  readonly badDebt: readonly { readonly asset: string; readonly amount: bigint }[]
  /** Before. */
  readonly healthFactor: bigint
}

export type LiquidationRefusal =
  /** Of the treasury too: the fee would be its own. */
  | 'self-liquidation'
  | 'unknown-asset'
  | 'reserve-paused'
  | 'sequencer-down'
  | 'grace-period'
  | 'no-price'
  | 'health-factor-not-below-threshold'
  | 'not-collateral'
  | 'not-borrowed'
  | 'invalid-amount'
  | 'must-not-leave-dust'
  | 'not-enough-liquidity'

/** Liquidates up to `debtToCover` of one debt for one collateral. */
export function liquidate(
  pool: LendingPool,
  call: Liquidation,
  moment: Moment,
): Outcome<Liquidated, LiquidationRefusal> {
  const { borrower, collateralAsset, debtAsset } = call
  if (call.liquidator === borrower || pool.rules.treasury === borrower) return refused('self-liquidation')
  const collateral = reserveNow(pool, collateralAsset, moment)
  const debt = reserveNow(pool, debtAsset, moment)
  if (collateral === undefined || debt === undefined) return refused('unknown-asset')
  if (collateral.config.status === 'paused' || debt.config.status === 'paused')
    return refused('reserve-paused')
  const account = accountOf(pool, borrower)
  const data = accountData(account, weighingOf(pool, moment))
  const collateralPrice = usablePrice(moment, collateralAsset)
  const debtPrice = usablePrice(moment, debtAsset)
  if (data === null || collateralPrice === null || debtPrice === null) return refused('no-price')
  const isStopped = moment.sequencer !== undefined && moment.sequencer !== 'up'
  if (isStopped && data.healthFactor >= CLOSE_FACTOR_HEALTH) return refused('sequencer-down')
  if ([collateral, debt].some(({ config }) => config.liquidationGraceUntil >= moment.atSeconds))
    return refused('grace-period')
  if (data.healthFactor >= ONE_HEALTH) return refused('health-factor-not-below-threshold')
  const terms = termsOf(account, collateralAsset, collateral, pool.rules)
  const held = positionIn(account, collateralAsset)
  if (!held.isCollateral || terms.liquidationThresholdBps === 0n) return refused('not-collateral')
  const owed = debtBalanceUp(positionIn(account, debtAsset).scaledDebt, debt)
  if (owed === 0n) return refused('not-borrowed')

  const balance = supplyBalanceFloor(held.scaledSupply, collateral)
  const prices = {
    collateralPrice,
    collateralUnit: unitOf(collateral),
    debtPrice,
    debtUnit: unitOf(debt),
  }
  const most = mostDebtToCover(data, owed, balance, prices)
  const amounts = liquidationAmounts(
    {
      ...prices,
      liquidationBonusBps: terms.liquidationBonusBps,
      liquidationProtocolFeeBps: collateral.config.liquidationProtocolFeeBps,
    },
    minBig(call.debtToCover, most),
    balance,
  )
  const { debtAmountNeeded: repaid, collateralToLiquidator: paid, protocolFeeCollateral: fee } = amounts
  if (call.debtToCover <= 0n || scaledDebtFloor(repaid, debt) === 0n || paid === 0n)
    return refused('invalid-amount')
  if (leavesDust({ owed: owed - repaid, held: balance - paid - fee }, prices))
    return refused('must-not-leave-dust')
  const isSame = collateralAsset === debtAsset
  const cash = collateral.cash + (isSame ? repaid : 0n)
  if (call.receive === 'underlying' && paid > cash) return refused('not-enough-liquidity')

  const isLast = (pool.rules.isLastCollateral ?? isLastCollateral)(
    data.collateralValue,
    amounts.collateralInBaseCurrency,
  )
  const badDebt: { asset: string; amount: bigint }[] = []
  let left = burnDebt(pool, account, {
    asset: debtAsset,
    reserve: debt,
    owed,
    repaid,
    isLastCollateral: isLast,
    badDebt,
  })
  const seizing = { asset: collateralAsset, isAll: paid + fee === balance, amounts }
  const reserve = isSame ? (pool.reserves.get(debtAsset) as Reserve) : collateral
  left = seizeCollateral(pool, left, reserve, call, seizing)
  if (isLast) {
    for (const { asset, scaledDebt } of left.positions) {
      if (scaledDebt === 0n) continue
      const other = accrued(pool.reserves.get(asset) as Reserve, moment.atSeconds)
      const amount = debtBalanceUp(scaledDebt, other)
      left = burnDebt(pool, left, {
        asset,
        reserve: other,
        owed: amount,
        repaid: 0n,
        isLastCollateral: isLast,
        badDebt,
      })
    }
  }
  writeAccount(pool, borrower, left)
  return {
    status: 'ok',
    collateralAsset,
    debtAsset,
    debtRepaid: repaid,
    collateralToLiquidator: paid,
    protocolFeeCollateral: fee,
    badDebt,
    healthFactor: data.healthFactor,
  }
}

interface Prices {
  readonly collateralPrice: bigint
  readonly collateralUnit: bigint
  readonly debtPrice: bigint
  readonly debtUnit: bigint
}

/** All of the reserve's debt, or as much as half of the account's debts are worth. */
function mostDebtToCover(data: AccountData, owed: bigint, balance: bigint, prices: Prices): bigint {
  const { collateralPrice, collateralUnit, debtPrice, debtUnit } = prices
  const debtValue = valueUp(owed, debtPrice, debtUnit)
  const isLarge =
    (balance * collateralPrice) / collateralUnit >= MIN_BASE_FOR_CLOSE_FACTOR &&
    debtValue >= MIN_BASE_FOR_CLOSE_FACTOR
  if (!isLarge || data.healthFactor <= CLOSE_FACTOR_HEALTH) return owed
  const half = percentMulHalfUp(data.debtValue, CLOSE_FACTOR_BPS)
  return debtValue > half ? (half * debtUnit) / debtPrice : owed
}

function leavesDust(left: { readonly owed: bigint; readonly held: bigint }, prices: Prices): boolean {
  if (left.owed === 0n || left.held === 0n) return false
  const { collateralPrice, collateralUnit, debtPrice, debtUnit } = prices
  return (
    valueUp(left.owed, debtPrice, debtUnit) < MIN_LEFTOVER_BASE ||
    (left.held * collateralPrice) / collateralUnit < MIN_LEFTOVER_BASE
  )
}

interface Burn {
  readonly asset: string
  readonly reserve: Reserve
  readonly owed: bigint
  readonly repaid: bigint
  /** What is not repaid is written off. */
  readonly isLastCollateral: boolean
  readonly badDebt: { asset: string; amount: bigint }[]
}

function burnDebt(pool: LendingPool, account: Account, burn: Burn): Account {
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

interface Seizing {
  readonly asset: string
  /** All of the borrower's balance. */
  readonly isAll: boolean
  readonly amounts: LiquidationAmounts
}

/** The liquidator's part out of the reserve or to his account, the fee to the treasury's account. */
function seizeCollateral(
  pool: LendingPool,
  account: Account,
  reserve: Reserve,
  { liquidator, receive }: Liquidation,
  { asset, isAll, amounts }: Seizing,
): Account {
  const { collateralToLiquidator, protocolFeeCollateral } = amounts
  const held = positionIn(account, asset)
  const paid = scaledSupplyUp(collateralToLiquidator, reserve)
  // Both parts are rounded up; the fee gives way by the unit that may be missing.
  const fee = minBig(scaledSupplyUp(protocolFeeCollateral, reserve), held.scaledSupply - paid)
  const credit = (owner: string, scaled: bigint): void => {
    if (scaled !== 0n)
      writeAccount(pool, owner, withClaims(pool, accountOf(pool, owner), { asset, scaled, reserve }))
  }
  if (receive === 'claims') {
    pool.reserves.set(asset, reserve)
    credit(liquidator, paid)
  } else {
    pool.reserves.set(
      asset,
      withRates({
        ...reserve,
        cash: reserve.cash - collateralToLiquidator,
        scaledSupply: reserve.scaledSupply - paid,
      }),
    )
  }
  credit(pool.rules.treasury, fee)
  const scaledSupply = held.scaledSupply - paid - fee
  const isCollateral = held.isCollateral && !isAll && scaledSupply !== 0n
  return withPosition(account, { ...held, scaledSupply, isCollateral })
}
