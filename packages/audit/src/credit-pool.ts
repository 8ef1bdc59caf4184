// One lending pool as the audit has it, and what it reckons of an account there.
import type { Address } from '@solvent/primitives'
import type { LendingPoolSpec, UsedPrice } from '@solvent/protocol'
import type { ChainRecord, Scope } from './chain-record.ts'
import { type Health, type Holding, healthOf } from './credit-arithmetic.ts'
import type { ReserveRecord } from './reserve-record.ts'

export interface PoolRecord {
  readonly spec: LendingPoolSpec
  readonly chain: ChainRecord
  readonly reserves: ReadonlyMap<Address, ReserveRecord>
  /** Categories that accounts have joined. */
  readonly eModes: Map<string, string>
  /** Debts that genesis gave without collateral. */
  readonly bareAtGenesis: ReadonlySet<string>
}

const NO_DEBTS: Health = { collateral: 0n, debt: 0n, factor: null }

/** Of an account now, or before the receipt in `undoing`; in words, when a price that it needs was not asked for. */
export function healthIn(
  scope: Scope,
  pool: PoolRecord,
  owner: Address,
  prices: readonly UsedPrice[],
  undoing: Scope | null,
): Health | string {
  const holdings: Holding[] = []
  for (const reserve of pool.reserves.values()) {
    const before = (token: Address, kind: string): bigint =>
      undoing === null ? 0n : moved(undoing, token, kind, owner)
    const pledged = reserve.pledgedOf(owner) - before(reserve.receipt, 'COLLATERAL')
    const owed = reserve.owedOf(owner) - before(reserve.debt, 'BORROWER')
    const terms = termsIn(pool, owner, reserve)
    const thresholdBps = terms.liquidationThresholdBps
    if (owed === 0n && (pledged === 0n || thresholdBps === 0n)) continue
    const priceE8 = prices.find(({ token }) => token === reserve.spec.token)?.priceE8
    if (priceE8 === undefined) {
      const isDebtor = hasDebts(pool, owner)
      return isDebtor ? `a decision on ${owner} asked for no price of ${reserve.spec.symbol}` : NO_DEBTS
    }
    holdings.push({
      terms: reserve.spec.terms,
      thresholdBps,
      indexes: reserve.indexesAt(scope.timestamp),
      priceE8,
      pledged,
      owed,
    })
  }
  return healthOf(holdings)
}

export function termsIn({ spec, eModes }: PoolRecord, owner: string, reserve: ReserveRecord) {
  const eMode = spec.eModes.find(({ name }) => name === eModes.get(owner))
  return eMode?.collateral.includes(reserve.spec.token) ? eMode : reserve.spec.terms
}

/** What the receipt moved of one account of a token. */
export function moved(scope: Scope, token: Address, kind: string, owner: string): bigint {
  let sum = 0n
  for (const { legs } of scope.receipt.entries)
    for (const leg of legs)
      if (leg.token === token && leg.kind === kind && leg.owner === owner) sum += leg.amount
  return sum
}

export function statedBadDebt(scope: Scope, { spec }: PoolRecord, token: Address, borrower: Address): bigint {
  let sum = 0n
  for (const event of scope.receipt.events)
    if (event.kind === 'bad-debt-booked' && event.pool === spec.address && event.token === token)
      if (event.borrower === borrower) sum += event.amount
  return sum
}

export function hasDebts({ reserves }: PoolRecord, owner: string): boolean {
  return [...reserves.values()].some((reserve) => reserve.owedOf(owner) > 0n)
}

export function* bareBorrowers({ reserves }: PoolRecord): IterableIterator<string> {
  const all = [...reserves.values()]
  for (const reserve of all)
    for (const owner of reserve.borrowers())
      if (!all.some((other) => other.pledgedOf(owner) > 0n)) yield owner
}
