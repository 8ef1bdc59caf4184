// The part of an unhealthy account that goes to auction: a lot of one collateral and the share of a debt that it backs. Source:
// makerdao/dss, cat.sol (bite) and dog.sol (bark): the debt goes pro rata, and with the last of the collateral all of it. The lot
// leaves the reserve, the debt stands in the reserve as auctioned until the auction has paid.
import { minBig } from '@solvent/primitives'
import { type Outcome, refused } from '../../outcome.ts'
import { accountData, positionIn, termsOf, withPosition } from '../account.ts'
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
import { type WrittenOff, writeOffAll } from './burn-debt.ts'
import { CLOSE_FACTOR_HEALTH } from './largest-repayment.ts'
import type { LiquidationRefusal } from './liquidate.ts'

export interface SeizedLot {
  readonly lot: bigint
  /** Debt that went with it. */
  readonly owed: bigint
  readonly healthFactor: bigint
  /** Other debts, when this was the last collateral. */
  readonly badDebt: readonly WrittenOff[]
  /** Base units of the debt for one of the collateral by the oracles, as a fraction. */
  readonly price: { readonly numerator: bigint; readonly denominator: bigint }
}

export type LotRefusal = Exclude<LiquidationRefusal, 'must-not-leave-dust'>

/** Takes a lot of at most `most` base units from an account whose health is below 1. */
export function seizeLot(
  pool: LendingPool,
  seizure: {
    readonly borrower: string
    readonly collateralAsset: string
    readonly debtAsset: string
    readonly most: bigint
  },
  moment: Moment,
): Outcome<SeizedLot, LotRefusal> {
  const { borrower, collateralAsset, debtAsset, most } = seizure
  if (pool.rules.treasury === borrower) return refused('self-liquidation')
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
  const held = positionIn(account, collateralAsset)
  const { liquidationThresholdBps } = termsOf(account, collateralAsset, collateral, pool.rules)
  if (!held.isCollateral || liquidationThresholdBps === 0n) return refused('not-collateral')
  const owing = positionIn(account, debtAsset).scaledDebt
  const owedInAll = debtBalanceUp(owing, debt)
  if (owing === 0n) return refused('not-borrowed')

  const balance = supplyBalanceFloor(held.scaledSupply, collateral)
  const lot = minBig(balance, most)
  const lotValue = (lot * collateralPrice) / unitOf(collateral)
  const isLast = (pool.rules.isLastCollateral ?? isLastCollateral)(data.collateralValue, lotValue)
  const owed = isLast ? owedInAll : minBig(owedInAll, (owedInAll * lotValue) / data.collateralValue)
  const burned = scaledDebtFloor(owed, debt)
  if (lot === 0n || burned === 0n) return refused('invalid-amount')
  if (lot > collateral.cash) return refused('not-enough-liquidity')

  pool.reserves.set(
    debtAsset,
    withRates({ ...debt, scaledDebt: debt.scaledDebt - burned, auctioned: debt.auctioned + owed }),
  )
  const reserve = collateralAsset === debtAsset ? (pool.reserves.get(debtAsset) as Reserve) : collateral
  const taken = lot === balance ? held.scaledSupply : scaledSupplyUp(lot, reserve)
  pool.reserves.set(
    collateralAsset,
    withRates({ ...reserve, cash: reserve.cash - lot, scaledSupply: reserve.scaledSupply - taken }),
  )
  const badDebt: WrittenOff[] = []
  let left = withPosition(account, { ...positionIn(account, debtAsset), scaledDebt: owing - burned })
  const scaledSupply = held.scaledSupply - taken
  const isCollateral = held.isCollateral && scaledSupply !== 0n
  left = withPosition(left, { ...positionIn(left, collateralAsset), scaledSupply, isCollateral })
  if (isLast) left = writeOffAll(pool, left, moment, badDebt)
  writeAccount(pool, borrower, left)
  const price = {
    numerator: collateralPrice * unitOf(debt),
    denominator: debtPrice * unitOf(collateral),
  }
  return { status: 'ok', lot, owed, healthFactor: data.healthFactor, badDebt, price }
}

/** What an auction has brought for a debt: into the reserve's cash, and what is missing when it is over, into its deficit. */
export function recoverAuctioned(
  pool: LendingPool,
  { asset, recovered, lost }: { readonly asset: string; readonly recovered: bigint; readonly lost: bigint },
  moment: Moment,
): void {
  const reserve = reserveNow(pool, asset, moment)
  if (reserve === undefined) return
  pool.reserves.set(
    asset,
    withRates({
      ...reserve,
      cash: reserve.cash + recovered,
      deficit: reserve.deficit + lost,
      auctioned: reserve.auctioned - recovered - lost,
    }),
  )
}
