// Fixed-spread liquidation: anybody repays part of an unhealthy account's debt and is paid collateral with a bonus. Source:
// aave-v3-origin (v3.7), LiquidationLogic.sol (executeLiquidationCall, _burnDebtTokens, _burnBadDebt), ValidationLogic.sol
// (validateLiquidationCall). When the last collateral goes, every debt that is left is written off in the same call.
import { minBig } from '@solvent/primitives'
import { type Outcome, refused } from '../../outcome.ts'
import { type Account, accountData, positionIn, termsOf, withPosition } from '../account.ts'
import { withClaims } from '../claims.ts'
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
  debtBalanceUp,
  type Reserve,
  scaledDebtFloor,
  scaledSupplyUp,
  supplyBalanceFloor,
  unitOf,
  withRates,
} from '../reserve.ts'
import { burnDebt, type WrittenOff, writeOffAll } from './burn-debt.ts'
import { CLOSE_FACTOR_HEALTH, leavesDust, mostDebtToCover, slowed } from './largest-repayment.ts'
import { type LiquidationAmounts, liquidationAmounts } from './liquidation-amounts.ts'

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
  readonly badDebt: readonly WrittenOff[]
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
  const most = slowed(mostDebtToCover(data, owed, balance, prices), owed, prices, pool.rules.partAtOnce)
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
  const badDebt: WrittenOff[] = []
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
  if (isLast) left = writeOffAll(pool, left, moment, badDebt)
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
