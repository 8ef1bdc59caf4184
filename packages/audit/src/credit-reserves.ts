// Reserves of lending pools, C-1 and C-2: what a contract says of indexes, rates and the treasury follows from what was before, accounts
// add up to totals, and books balance.
import type { Address } from '@solvent/primitives'
import type { ChainEvent } from '@solvent/protocol'
import type { Scope } from './chain-record.ts'
import { RAY, ratesOf } from './credit-arithmetic.ts'
import type { PoolRecord } from './credit-pool.ts'
import type { WriteLog } from './credit-undo.ts'
import type { ReserveFacts, ReserveRecord } from './reserve-record.ts'
import type { Tally } from './tally.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>

/** What a command's divisions may leave in a pool at most, in scaled units worth of the asset. */
const UNITS_PER_OPERATION = 4n

export class CreditReserves {
  readonly #tally: Tally
  readonly #log: WriteLog
  readonly #pools: ReadonlyMap<Address, PoolRecord>
  /** Reserves of the receipt in scope that events have told of. */
  readonly #told = new Set<ReserveRecord>()

  constructor(tally: Tally, log: WriteLog, pools: ReadonlyMap<Address, PoolRecord>) {
    this.#tally = tally
    this.#log = log
    this.#pools = pools
  }

  receiptDone({ atMs }: Scope): void {
    for (const reserve of this.#told) this.#balanced(atMs, reserve)
    this.#told.clear()
  }

  sums(atMs: number, pool: PoolRecord): void {
    for (const reserve of pool.reserves.values()) {
      this.#tally.checked['C-1']++
      const misplaced = reserve.misplaced()
      if (misplaced !== null) this.#breach({ atMs }, 'C-1', pool, misplaced)
      this.#balanced(atMs, reserve)
    }
  }

  written(scope: Scope, address: Address, token: Address, amount: bigint): void {
    const reserve = this.#pools.get(address)?.reserves.get(token)
    if (reserve === undefined) return
    this.#write(scope, reserve, { ...reserve.facts, deficit: reserve.facts.deficit + amount })
  }

  minted(
    scope: Scope,
    { pool, token, scaled }: Pick<Event<'treasury-minted'>, 'pool' | 'token' | 'scaled'>,
  ): void {
    const reserve = this.#pools.get(pool)?.reserves.get(token)
    if (reserve === undefined) return
    const grown = reserve.grownTo(scope.timestamp)
    if (grown.forTreasury !== scaled)
      this.#breach(
        scope,
        'C-1',
        this.#pools.get(pool)!,
        `${scaled} minted to the treasury, ${grown.forTreasury} set aside`,
      )
    this.#write(scope, reserve, { ...grown, forTreasury: grown.forTreasury - scaled })
  }

  /** C-1: what the contract says of a reserve follows from what was before. */
  updated(scope: Scope, event: Event<'reserve-updated'>): void {
    const pool = this.#pools.get(event.pool)
    const reserve = pool?.reserves.get(event.token)
    if (pool === undefined || reserve === undefined) return
    this.#tally.checked['C-1']++
    const complain = (detail: string): void =>
      this.#breach(scope, 'C-1', pool, `${reserve.spec.symbol}: ${detail}`)
    const last = reserve.facts.indexes
    const grown = reserve.grownTo(scope.timestamp)
    const told = { supply: event.liquidityIndexRay, debt: event.borrowIndexRay }
    for (const side of ['supply', 'debt'] as const) {
      if (told[side] < RAY || told[side] < last[side])
        complain(`the index of ${side} falls from ${last[side]} to ${told[side]}`)
      else if (told[side] !== grown.indexes[side])
        complain(`the index of ${side} is ${told[side]}, due is ${grown.indexes[side]}`)
    }
    if (event.scaledForTreasury !== grown.forTreasury)
      complain(`${event.scaledForTreasury} set aside for the treasury, due are ${grown.forTreasury}`)
    const { cash, scaledDebt, scaledSupply } = reserve
    const due = ratesOf(reserve.spec.terms, {
      cash,
      scaledDebt,
      debtIndex: grown.indexes.debt,
      deficit: grown.deficit + grown.auctioned,
    })
    const rates = { supply: event.supplyRateRay, debt: event.borrowRateRay }
    const isUntouched = cash === grown.cash && scaledDebt === grown.scaledDebt
    const isDue = rates.supply === due.supply && rates.debt === due.debt
    const isKept = rates.supply === grown.rates.supply && rates.debt === grown.rates.debt
    if (!isDue && !(isUntouched && isKept))
      complain(`rates of ${rates.supply} and ${rates.debt}, due are ${due.supply} and ${due.debt}`)
    this.#write(scope, reserve, {
      ...grown,
      rates,
      cash,
      scaledDebt,
      scaledSupply,
      operations: grown.operations + 1n,
    })
    this.#told.add(reserve)
  }

  /** Terms that an authority has set (G-3) are what is judged by from now on. */
  termsSet(scope: Scope, event: Event<'reserve-terms-set'>): void {
    const reserve = this.#pools.get(event.pool)?.reserves.get(event.token)
    if (reserve === undefined) return
    const { spec } = reserve
    const { ltvBps, liquidationThresholdBps, supplyCap, borrowCap, status } = event
    const terms = { ...spec.terms, ltvBps, liquidationThresholdBps, supplyCap, borrowCap, status }
    reserve.spec = { ...spec, terms }
    this.#log.note(scope.block.hash, () => {
      reserve.spec = spec
    })
  }

  /** C-2. */
  #balanced(atMs: number, reserve: ReserveRecord): void {
    this.#tally.checked['C-2']++
    const { indexes, operations } = reserve.facts
    const unit = indexes.debt > indexes.supply ? indexes.debt : indexes.supply
    const most = UNITS_PER_OPERATION * operations * unit
    const gap = reserve.gap()
    if (gap >= -unit && gap <= most) return
    this.#breach(
      { atMs },
      'C-2',
      this.#pools.get(reserve.pool)!,
      `${reserve.spec.symbol}: cash, debts and deficit are off claims and interest by ${gap / RAY} after ${operations} commands`,
    )
  }

  #write(scope: Scope, reserve: ReserveRecord, facts: ReserveFacts): void {
    const before = reserve.facts
    reserve.facts = facts
    this.#log.note(scope.block.hash, () => {
      reserve.facts = before
    })
  }

  #breach(
    { atMs }: { readonly atMs: number },
    id: 'C-1' | 'C-2',
    { spec }: PoolRecord,
    detail: string,
  ): void {
    this.#tally.breach(id, atMs, spec.chainId, `pool ${spec.name}: ${detail}`)
  }
}
