// A lending pool: reserves and accounts under one set of rules. One pool with many reserves lends across collateral;
// isolated markets are another machine (./isolated). State lives in maps that the caller provides, plain or undoable. Commands are
// functions of the pool, beside this file; each checks everything first, answers with a reason when it is refused, and only
// then writes. Tokens are moved by whoever calls. Source: aave-v3-origin (v3.7), Pool.sol and its logic libraries.
import type { StateMap } from '../ledger/state-map.ts'
import { type Account, accountData, type EModeCategory, EMPTY_ACCOUNT, type Weighing } from './account.ts'
import { accrued, type Reserve } from './reserve.ts'

export interface LendingPool {
  readonly reserves: StateMap<string, Reserve>
  readonly accounts: StateMap<string, Account>
  readonly rules: LendingRules
}

export interface LendingRules {
  readonly eModes: ReadonlyMap<string, EModeCategory>
  /** The account that fees go to. */
  readonly treasury: string
  /** Whether a liquidation takes all the collateral of an account, by value; then the debt that is left is written off. */
  readonly isLastCollateral?: IsLastCollateral
  /** The most of a debt that one liquidation may repay, where an engine is slow. */
  readonly partAtOnce?: (owed: bigint) => bigint
}

export type IsLastCollateral = (collateralValue: bigint, seizedValue: bigint) => boolean

export const isLastCollateral: IsLastCollateral = (collateralValue, seizedValue) =>
  collateralValue === seizedValue

/** When a command runs and what it may believe about prices. */
export interface Moment {
  /** Time of the block, Unix seconds. */
  readonly atSeconds: number
  /** In the base currency, 8 decimals; null when the oracle's rule refuses the price: so does the command then. */
  readonly priceOf: (asset: string) => bigint | null
  /** Up, or down, or not long enough up again: the sequencer as a chain's uptime flag tells it. Left out: not asked. */
  readonly sequencer?: 'up' | 'down' | 'grace-period'
}

/** The price of an asset; null as well when what the oracle says is none: zero or negative. */
export function usablePrice({ priceOf }: Moment, asset: string): bigint | null {
  const price = priceOf(asset)
  return price === null || price <= 0n ? null : price
}

export type ReserveRefusal = 'unknown-asset' | 'reserve-paused'
export type HealthRefusal =
  | 'no-price'
  | 'health-factor-below-threshold'
  | 'ltv-zero'
  | 'collateral-cannot-cover'

/** A pool of its own, for whoever needs no undo. */
export function plainPool(rules: LendingRules): LendingPool {
  return { reserves: new Map(), accounts: new Map(), rules }
}

export function accountOf({ accounts }: LendingPool, owner: string): Account {
  return accounts.get(owner) ?? EMPTY_ACCOUNT
}

/** The reserve at this moment, not yet written. */
export function reserveNow(
  { reserves }: LendingPool,
  asset: string,
  { atSeconds }: Moment,
): Reserve | undefined {
  const reserve = reserves.get(asset)
  return reserve === undefined ? undefined : accrued(reserve, atSeconds)
}

/** What accounts are weighed by, with one reserve as a command would leave it. */
export function weighingOf(
  pool: LendingPool,
  moment: Moment,
  changed?: readonly [string, Reserve],
): Weighing {
  return {
    atSeconds: moment.atSeconds,
    priceOf: (asset) => usablePrice(moment, asset),
    eModes: pool.rules.eModes,
    reserveOf: (asset) =>
      changed !== undefined && asset === changed[0] ? changed[1] : pool.reserves.get(asset),
  }
}

export function writeAccount({ accounts }: LendingPool, owner: string, account: Account): void {
  if (account.positions.length === 0 && account.eMode === null) accounts.delete(owner)
  else accounts.set(owner, account)
}

export const ONE_HEALTH = 10n ** 18n

/** Null when an account may give up collateral of this asset and be left as it is; it must have debts. */
export function whyUnhealthy(
  account: Account,
  weighing: Weighing,
  assetLtvBps: bigint,
): HealthRefusal | null {
  const data = accountData(account, weighing)
  if (data === null) return 'no-price'
  if (data.healthFactor < ONE_HEALTH) return 'health-factor-below-threshold'
  // Collateral without a loan-to-value has to go first.
  if (data.hasZeroLtvCollateral && assetLtvBps !== 0n) return 'ltv-zero'
  return null
}
