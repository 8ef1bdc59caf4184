// Borrowing and repaying. Source: aave-v3-origin (v3.7), BorrowLogic.sol, ValidationLogic.sol (validateBorrow,
// validateHFAndLtv: the health and the loan-to-value are asked of the account as the loan leaves it).
import { minBig } from '@solvent/primitives'
import { type Outcome, refused } from '../outcome.ts'
import { type Account, accountData, positionIn, type Weighing, withPosition } from './account.ts'
import { percentDivUp } from './math/ray-math.ts'
import {
  accountOf,
  type HealthRefusal,
  type LendingPool,
  type Moment,
  ONE_HEALTH,
  type ReserveRefusal,
  reserveNow,
  weighingOf,
  writeAccount,
} from './pool.ts'
import { debtBalanceUp, scaledDebtFloor, scaledDebtUp, unitOf, withRates } from './reserve.ts'

export type BorrowRefusal =
  | ReserveRefusal
  | HealthRefusal
  | 'invalid-amount'
  | 'reserve-frozen'
  | 'borrowing-not-enabled'
  | 'not-borrowable-in-e-mode'
  | 'not-enough-liquidity'
  | 'borrow-cap-exceeded'
  | 'sequencer-down'

/** Pays out `amount` against the owner's collateral. */
export function borrow(
  pool: LendingPool,
  { owner, asset, amount }: { readonly owner: string; readonly asset: string; readonly amount: bigint },
  moment: Moment,
): Outcome<{ readonly scaled: bigint }, BorrowRefusal> {
  const reserve = reserveNow(pool, asset, moment)
  if (reserve === undefined) return refused('unknown-asset')
  const { config } = reserve
  if (amount <= 0n) return refused('invalid-amount')
  if (config.status === 'paused') return refused('reserve-paused')
  if (config.status === 'frozen') return refused('reserve-frozen')
  if (config.borrowing === 'disabled') return refused('borrowing-not-enabled')
  if (moment.sequencer !== undefined && moment.sequencer !== 'up') return refused('sequencer-down')
  const account = accountOf(pool, owner)
  const category = account.eMode === null ? undefined : pool.rules.eModes.get(account.eMode)
  if (category !== undefined && !category.borrowable.includes(asset))
    return refused('not-borrowable-in-e-mode')
  if (amount > reserve.cash) return refused('not-enough-liquidity')
  const scaled = scaledDebtUp(amount, reserve)
  const scaledDebt = reserve.scaledDebt + scaled
  if (config.borrowCap !== 0n && debtBalanceUp(scaledDebt, reserve) > config.borrowCap * unitOf(reserve))
    return refused('borrow-cap-exceeded')
  const held = positionIn(account, asset)
  const indebted = withPosition(account, { ...held, scaledDebt: held.scaledDebt + scaled })
  const after = withRates({ ...reserve, cash: reserve.cash - amount, scaledDebt })
  const reason = whyNotCovered(indebted, weighingOf(pool, moment, [asset, after]))
  if (reason !== null) return refused(reason)
  pool.reserves.set(asset, after)
  writeAccount(pool, owner, indebted)
  return { status: 'ok', scaled }
}

export type RepayRefusal = ReserveRefusal | 'invalid-amount' | 'no-debt'

/** Takes back `amount`, or all of a debt; more than the debt is not taken. Anybody may repay for anybody. */
export function repay(
  pool: LendingPool,
  {
    owner,
    asset,
    amount,
  }: { readonly owner: string; readonly asset: string; readonly amount: bigint | 'all' },
  moment: Moment,
): Outcome<{ readonly amount: bigint }, RepayRefusal> {
  const reserve = reserveNow(pool, asset, moment)
  if (reserve === undefined) return refused('unknown-asset')
  if (amount !== 'all' && amount <= 0n) return refused('invalid-amount')
  if (reserve.config.status === 'paused') return refused('reserve-paused')
  const account = accountOf(pool, owner)
  const held = positionIn(account, asset)
  if (held.scaledDebt === 0n) return refused('no-debt')
  const owed = debtBalanceUp(held.scaledDebt, reserve)
  const paid = amount === 'all' ? owed : minBig(amount, owed)
  const scaled = scaledDebtFloor(paid, reserve)
  // The contract burns no empty amount: what repays less than one scaled unit is refused, not taken for nothing.
  if (scaled === 0n) return refused('invalid-amount')
  pool.reserves.set(
    asset,
    withRates({ ...reserve, cash: reserve.cash + paid, scaledDebt: reserve.scaledDebt - scaled }),
  )
  writeAccount(pool, owner, withPosition(account, { ...held, scaledDebt: held.scaledDebt - scaled }))
  return { status: 'ok', amount: paid }
}

/** Null when an account with new debt is within its loan-to-value and healthy. */
function whyNotCovered(account: Account, weighing: Weighing): HealthRefusal | null {
  const data = accountData(account, weighing)
  if (data === null) return 'no-price'
  if (data.ltvBps === 0n) return 'ltv-zero'
  if (data.healthFactor < ONE_HEALTH) return 'health-factor-below-threshold'
  return data.collateralValue < percentDivUp(data.debtValue, data.ltvBps) ? 'collateral-cannot-cover' : null
}
