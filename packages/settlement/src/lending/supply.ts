// Supplying and withdrawing. Source: aave-v3-origin (v3.7), SupplyLogic.sol, ValidationLogic.sol. A supplier can withdraw only
// what nobody has borrowed: at full usage he waits.
import { type Outcome, refused } from '../outcome.ts'
import { hasDebt, positionIn, termsOf, withPosition } from './account.ts'
import { withClaims } from './claims.ts'
import {
  accountOf,
  type HealthRefusal,
  type LendingPool,
  type Moment,
  type ReserveRefusal,
  reserveNow,
  weighingOf,
  whyUnhealthy,
  writeAccount,
} from './pool.ts'
import { scaledSupplyFloor, scaledSupplyUp, supplyBalanceFloor, unitOf, withRates } from './reserve.ts'

export type SupplyRefusal = ReserveRefusal | 'reserve-frozen' | 'invalid-amount' | 'supply-cap-exceeded'

/** Takes in `amount`; the first supply of an asset that may be borrowed against becomes collateral. */
export function supply(
  pool: LendingPool,
  { owner, asset, amount }: { readonly owner: string; readonly asset: string; readonly amount: bigint },
  moment: Moment,
): Outcome<{ readonly scaled: bigint }, SupplyRefusal> {
  const reserve = reserveNow(pool, asset, moment)
  if (reserve === undefined) return refused('unknown-asset')
  const { config } = reserve
  const scaled = amount <= 0n ? 0n : scaledSupplyFloor(amount, reserve)
  if (scaled === 0n) return refused('invalid-amount')
  if (config.status === 'paused') return refused('reserve-paused')
  if (config.status === 'frozen') return refused('reserve-frozen')
  const claims = reserve.scaledSupply + scaled + reserve.scaledForTreasury
  if (config.supplyCap !== 0n && supplyBalanceFloor(claims, reserve) > config.supplyCap * unitOf(reserve))
    return refused('supply-cap-exceeded')
  pool.reserves.set(
    asset,
    withRates({ ...reserve, cash: reserve.cash + amount, scaledSupply: reserve.scaledSupply + scaled }),
  )
  writeAccount(pool, owner, withClaims(pool, accountOf(pool, owner), { asset, scaled, reserve }))
  return { status: 'ok', scaled }
}

export type WithdrawRefusal =
  | ReserveRefusal
  | HealthRefusal
  | 'invalid-amount'
  | 'not-enough-balance'
  | 'not-enough-liquidity'

/** Pays out `amount`, or all that the owner has. */
export function withdraw(
  pool: LendingPool,
  {
    owner,
    asset,
    amount,
  }: { readonly owner: string; readonly asset: string; readonly amount: bigint | 'all' },
  moment: Moment,
): Outcome<{ readonly amount: bigint }, WithdrawRefusal> {
  const reserve = reserveNow(pool, asset, moment)
  if (reserve === undefined) return refused('unknown-asset')
  const account = accountOf(pool, owner)
  const held = positionIn(account, asset)
  const paid = amount === 'all' ? supplyBalanceFloor(held.scaledSupply, reserve) : amount
  const scaled = amount === 'all' ? held.scaledSupply : paid <= 0n ? 0n : scaledSupplyUp(paid, reserve)
  if (scaled === 0n) return refused('invalid-amount')
  if (scaled > held.scaledSupply) return refused('not-enough-balance')
  if (reserve.config.status === 'paused') return refused('reserve-paused')
  if (paid > reserve.cash) return refused('not-enough-liquidity')
  const scaledSupply = held.scaledSupply - scaled
  const isCollateral = held.isCollateral && scaledSupply !== 0n
  const left = withPosition(account, { ...held, scaledSupply, isCollateral })
  const after = withRates({
    ...reserve,
    cash: reserve.cash - paid,
    scaledSupply: reserve.scaledSupply - scaled,
  })
  if (held.isCollateral && hasDebt(left)) {
    const { ltvBps } = termsOf(account, asset, reserve, pool.rules)
    const reason = whyUnhealthy(left, weighingOf(pool, moment, [asset, after]), ltvBps)
    if (reason !== null) return refused(reason)
  }
  pool.reserves.set(asset, after)
  writeAccount(pool, owner, left)
  return { status: 'ok', amount: paid }
}
