// Lending and its prices, C-1 to C-6: indexes and rates that follow their rule, books that balance, nobody else touched, health
// around loans and liquidations, prices that may be used, and bad debt that is booked when it happens.
import type { Address } from '@solvent/primitives'
import type { ChainEvent, CollateralAuctionEvent, UsedPrice } from '@solvent/protocol'
import { AuctionRules } from './auction-rules.ts'
import { AverageRecord } from './average-record.ts'
import type { NetworkIndex, Scope } from './chain-record.ts'
import { ONE, RAY, ratesOf } from './credit-arithmetic.ts'
import { LiquidationRules } from './credit-liquidations.ts'
import { bareBorrowers, healthIn, type PoolRecord } from './credit-pool.ts'
import { WriteLog } from './credit-undo.ts'
import { InsuranceRules } from './insurance-rules.ts'
import { PriceRecord } from './price-record.ts'
import { type ReserveFacts, ReserveRecord } from './reserve-record.ts'
import type { Tally } from './tally.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>
type Id = 'C-1' | 'C-2' | 'C-3' | 'C-4' | 'C-5' | 'C-6'

/** What a command's divisions may leave in a pool at most, in scaled units worth of the asset. */
const UNITS_PER_OPERATION = 4n

export class CreditRules {
  readonly #tally: Tally
  readonly #pools = new Map<Address, PoolRecord>()
  readonly #prices: PriceRecord
  readonly #averages: AverageRecord
  readonly #liquidations: LiquidationRules
  readonly #auctions: AuctionRules
  readonly #insurance: InsuranceRules
  readonly #log = new WriteLog()
  readonly #genesisSeconds: number
  /** Reserves of the receipt in scope that events have told of. */
  readonly #told = new Set<ReserveRecord>()
  readonly #isEmpty: boolean

  constructor(tally: Tally, index: NetworkIndex) {
    this.#tally = tally
    this.#liquidations = new LiquidationRules(tally, this.#log)
    this.#auctions = new AuctionRules(tally, this.#log, this.#liquidations)
    this.#insurance = new InsuranceRules(tally, this.#pools)
    const { spec } = index
    this.#genesisSeconds = Math.floor(spec.genesisMs / 1_000)
    for (const pool of spec.lendingPools) {
      const chain = index.chains.get(pool.chainId)
      if (chain === undefined) continue
      this.#pools.set(pool.address, {
        spec: pool,
        chain,
        reserves: new Map(
          pool.reserves.map((each) => [each.token, new ReserveRecord(pool.address, each, chain.book)]),
        ),
        eModes: new Map(),
        bareAtGenesis: new Set(),
      })
    }
    this.#averages = new AverageRecord(index)
    this.#prices = new PriceRecord(
      spec.oracles,
      this.#genesisSeconds,
      (_, pool, token, now) => this.#pools.get(pool)?.reserves.get(token)?.indexesAt(now).supply ?? null,
      (...share) => this.#averages.fairShareE8(...share),
    )
    this.#isEmpty = spec.lendingPools.length + spec.oracles.length === 0
  }

  genesis(): void {
    this.#averages.begin()
    for (const [address, pool] of this.#pools) {
      for (const reserve of pool.reserves.values()) reserve.begin(this.#genesisSeconds)
      this.#pools.set(address, { ...pool, bareAtGenesis: new Set(bareBorrowers(pool)) })
    }
  }

  event(scope: Scope, event: ChainEvent): void {
    if (this.#isEmpty) return
    switch (event.kind) {
      case 'price-posted':
        return this.#took(scope, this.#prices.posted(event), event.oracle)
      case 'price-updated':
        return this.#took(scope, this.#prices.updated(event, scope.timestamp), event.oracle)
      case 'average-taken':
        return this.#took(
          scope,
          this.#prices.averaged(event, scope.timestamp, ({ market, side }) =>
            this.#averages.sumAt(market, side, scope.timestamp),
          ),
          event.oracle,
        )
      case 'market-synced': {
        const takeBack = this.#averages.synced(event, scope.timestamp)
        if (takeBack !== null) this.#log.note(scope.block.hash, takeBack)
        return
      }
      case 'oracle-poked':
        return this.#took(scope, this.#prices.poked(event, scope.timestamp), event.oracle)
      case 'supplied':
      case 'repaid':
        return this.#alone(scope, event.pool, [event.user])
      case 'withdrawn':
      case 'collateral-set':
        return this.#loosened(scope, event)
      case 'borrowed':
        return this.#borrowed(scope, event)
      case 'e-mode-set':
        return this.#joined(scope, event)
      case 'liquidated':
        return this.#liquidated(scope, event)
      case 'auction-started':
      case 'auction-bid':
      case 'auction-settled':
      case 'auction-sold':
      case 'auction-restarted':
        return this.#auctioned(scope, event)
      case 'bad-debt-booked':
        this.#insurance.event(scope, event)
        return this.#written(scope, event.pool, event.token, event.amount)
      case 'deficit-covered':
        this.#insurance.event(scope, event)
        if (!this.#insurance.isFund(event.from)) this.#alone(scope, event.pool, [event.from])
        return this.#written(scope, event.pool, event.token, -event.amount)
      case 'treasury-minted':
        this.#alone(scope, event.pool, [])
        return this.#minted(scope, event)
      case 'premium-collected':
        this.#insurance.event(scope, event)
        return this.#minted(scope, event)
      case 'reserve-updated':
        this.#insurance.event(scope, event)
        return this.#updated(scope, event)
      case 'reserve-terms-set':
        return this.#termsSet(scope, event)
    }
  }

  /** What a reverted transaction says of prices and health is true, too. */
  refused({ transaction, receipt, timestamp, atMs }: Scope): void {
    if (this.#isEmpty || receipt.status === 'ok' || transaction === null) return
    const { call } = transaction
    if (receipt.reason !== 'no-price' || !('pool' in call)) return
    const pool = this.#pools.get(call.pool)
    if (pool === undefined) return
    this.#tally.checked['C-5']++
    const isAnyBad = pool.spec.reserves.some(({ price }) => this.#prices.problem(price, timestamp) !== null)
    if (!isAnyBad)
      this.#breach({ atMs }, 'C-5', pool, `${call.kind} was refused for a price, and all are good`)
  }

  receiptDone(scope: Scope): void {
    this.#insurance.receiptDone(scope)
    for (const reserve of this.#told) this.#balanced(scope.atMs, reserve)
    this.#told.clear()
  }

  sums(atMs: number): void {
    for (const pool of this.#pools.values()) {
      this.#auctions.sums(atMs, pool)
      for (const reserve of pool.reserves.values()) {
        this.#tally.checked['C-1']++
        const misplaced = reserve.misplaced()
        if (misplaced !== null) this.#breach({ atMs }, 'C-1', pool, misplaced)
        this.#balanced(atMs, reserve)
      }
    }
  }

  end(atMs: number): void {
    for (const pool of this.#pools.values()) {
      this.#tally.checked['C-6']++
      for (const owner of bareBorrowers(pool))
        if (!pool.bareAtGenesis.has(owner))
          this.#breach({ atMs }, 'C-6', pool, `${owner} owes and has nothing pledged`)
    }
  }

  /** What an oracle says now; null when it has no answer. */
  oraclePrice(oracle: Address, now: number): bigint | null {
    return this.#prices.read(oracle, now)?.priceE8 ?? null
  }

  undoBlock(hash: string): void {
    this.#log.undo(hash)
  }

  #took(scope: Scope, outcome: (() => void) | string, oracle: Address): void {
    this.#tally.checked['C-5']++
    if (typeof outcome === 'string')
      this.#tally.breach('C-5', scope.atMs, scope.chain.chainId, `oracle ${oracle}: ${outcome}`)
    else this.#log.note(scope.block.hash, outcome)
  }

  /** C-3: entries touch the pool, its treasury, who calls, and those that the event names. */
  #alone(scope: Scope, address: Address, named: readonly Address[]): void {
    const pool = this.#pools.get(address)
    if (pool === undefined) return
    this.#tally.checked['C-3']++
    const allowed = new Set<string>(['', address, pool.spec.treasury, ...named])
    for (const owner of this.#insurance.allied(pool)) allowed.add(owner)
    if (scope.transaction !== null) allowed.add(scope.transaction.from)
    for (const { cause, legs } of scope.receipt.entries) {
      if (!cause.startsWith('lending-')) continue
      for (const { owner } of legs)
        if (!allowed.has(owner)) this.#breach(scope, 'C-3', pool, `${cause} moves something of ${owner}`)
    }
  }

  /** Collateral may have gone: whoever owes is healthy without it. */
  #loosened(scope: Scope, event: Event<'withdrawn' | 'collateral-set'>): void {
    this.#alone(scope, event.pool, [event.user])
    const pool = this.#pools.get(event.pool)
    if (pool === undefined || this.#movedPledge(scope, event.user) >= 0n) return
    this.#healthyAfter(scope, pool, event.user, event.prices)
  }

  #borrowed(scope: Scope, event: Event<'borrowed'>): void {
    this.#alone(scope, event.pool, [event.user])
    const pool = this.#pools.get(event.pool)
    if (pool === undefined) return
    this.#sequencerUp(scope, pool, 'a loan')
    this.#healthyAfter(scope, pool, event.user, event.prices)
  }

  #joined(scope: Scope, event: Event<'e-mode-set'>): void {
    this.#alone(scope, event.pool, [event.user])
    const pool = this.#pools.get(event.pool)
    if (pool === undefined) return
    const before = pool.eModes.get(event.user)
    if (event.eMode === null) pool.eModes.delete(event.user)
    else pool.eModes.set(event.user, event.eMode)
    this.#log.note(scope.block.hash, () => {
      if (before === undefined) pool.eModes.delete(event.user)
      else pool.eModes.set(event.user, before)
    })
    this.#healthyAfter(scope, pool, event.user, event.prices)
  }

  #healthyAfter(scope: Scope, pool: PoolRecord, owner: Address, prices: readonly UsedPrice[]): void {
    this.#usable(scope, pool, prices)
    this.#tally.checked['C-4']++
    const health = healthIn(scope, pool, owner, prices, null)
    if (typeof health === 'string') this.#breach(scope, 'C-5', pool, health)
    else if (health.factor !== null && health.factor < ONE)
      this.#breach(scope, 'C-4', pool, `${owner} is left with a health factor of ${health.factor}`)
  }

  #liquidated(scope: Scope, event: Event<'liquidated'>): void {
    this.#alone(scope, event.pool, [event.borrower, event.liquidator])
    const pool = this.#pools.get(event.pool)
    if (pool === undefined) return
    this.#usable(scope, pool, event.prices)
    if (this.#liquidations.judge(scope, pool, event)) this.#sequencerUp(scope, pool, 'a liquidation')
  }

  #auctioned(scope: Scope, event: CollateralAuctionEvent): void {
    const pool = this.#pools.get(event.pool)
    if (pool === undefined) return
    const record = this.#auctions.recordOf(pool, event.auction)
    const borrower = event.kind === 'auction-started' ? event.borrower : record?.borrower
    const named = [borrower, record?.bidder].filter((each) => each !== undefined && each !== null)
    this.#alone(scope, event.pool, named)
    if ('prices' in event) this.#usable(scope, pool, event.prices)
    if (this.#auctions.event(scope, pool, event)) this.#sequencerUp(scope, pool, 'an auction')
  }

  #written(scope: Scope, address: Address, token: Address, amount: bigint): void {
    const reserve = this.#pools.get(address)?.reserves.get(token)
    if (reserve === undefined) return
    this.#write(scope, reserve, { ...reserve.facts, deficit: reserve.facts.deficit + amount })
  }

  #minted(
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
  #updated(scope: Scope, event: Event<'reserve-updated'>): void {
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
  #termsSet(scope: Scope, event: Event<'reserve-terms-set'>): void {
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

  /** C-5: each price is its oracle's of now, and may be used. */
  #usable(scope: Scope, pool: PoolRecord, prices: readonly UsedPrice[]): void {
    for (const { token, oracle, priceE8, updatedAt } of prices) {
      this.#tally.checked['C-5']++
      const rule = pool.reserves.get(token)?.spec.price
      const known = this.#prices.read(oracle, scope.timestamp)
      const problem =
        rule === undefined || rule.oracle !== oracle
          ? `${oracle} is not the oracle of ${token}`
          : known?.priceE8 !== priceE8 || known.at !== updatedAt
            ? `${priceE8} of ${updatedAt}, the oracle says ${known?.priceE8} of ${known?.at}`
            : this.#prices.problem(rule, scope.timestamp)
      if (problem !== null) this.#breach(scope, 'C-5', pool, `a decision rested on a price: ${problem}`)
    }
  }

  #sequencerUp(scope: Scope, { spec }: PoolRecord, what: string): void {
    if (spec.uptime === null) return
    const { oracle, graceSeconds } = spec.uptime
    const flag = this.#prices.read(oracle, scope.timestamp)
    const up = scope.timestamp - this.#prices.sinceOf(oracle)
    if (flag === null || flag.priceE8 <= 0n || up <= graceSeconds)
      this.#tally.breach(
        'C-4',
        scope.atMs,
        scope.chain.chainId,
        `pool ${spec.name}: ${what} while the sequencer is not up, or not for long`,
      )
  }

  /** What the receipt moved of an account's pledges, all reserves together. */
  #movedPledge(scope: Scope, owner: string): bigint {
    let sum = 0n
    for (const { legs } of scope.receipt.entries)
      for (const leg of legs) if (leg.kind === 'COLLATERAL' && leg.owner === owner) sum += leg.amount
    return sum
  }

  #write(scope: Scope, reserve: ReserveRecord, facts: ReserveFacts): void {
    const before = reserve.facts
    reserve.facts = facts
    this.#log.note(scope.block.hash, () => {
      reserve.facts = before
    })
  }

  #breach({ atMs }: { readonly atMs: number }, id: Id, { spec }: PoolRecord, detail: string): void {
    this.#tally.breach(id, atMs, spec.chainId, `pool ${spec.name}: ${detail}`)
  }
}
