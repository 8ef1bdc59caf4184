// Lending, C-1 to C-6: what events of pools say goes to the rules that judge it; here, that nobody else is touched (C-3), and the health
// that loans and withdrawals leave (C-4).
import type { Address } from '@solvent/primitives'
import type { ChainEvent, CollateralAuctionEvent, UsedPrice } from '@solvent/protocol'
import { AuctionRules } from './auction-rules.ts'
import type { NetworkIndex, Scope } from './chain-record.ts'
import { ONE } from './credit-arithmetic.ts'
import { LiquidationRules } from './credit-liquidations.ts'
import { bareBorrowers, healthIn, type PoolRecord } from './credit-pool.ts'
import { CreditPrices } from './credit-prices.ts'
import { CreditReserves } from './credit-reserves.ts'
import { WriteLog } from './credit-undo.ts'
import { InsuranceRules } from './insurance-rules.ts'
import { IsolatedRules } from './isolated-rules.ts'
import { ReserveRecord } from './reserve-record.ts'
import type { Tally } from './tally.ts'
import { VaultRecord } from './vault-record.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>
type Id = 'C-3' | 'C-4' | 'C-5' | 'C-6'

export class CreditRules {
  readonly #tally: Tally
  readonly #pools = new Map<Address, PoolRecord>()
  readonly #prices: CreditPrices
  readonly #reserves: CreditReserves
  readonly #liquidations: LiquidationRules
  readonly #auctions: AuctionRules
  readonly #insurance: InsuranceRules
  readonly #isolated: IsolatedRules
  readonly #log = new WriteLog()
  readonly #genesisSeconds: number
  readonly #isEmpty: boolean

  constructor(tally: Tally, index: NetworkIndex, vaults: VaultRecord = new VaultRecord(index)) {
    this.#tally = tally
    this.#liquidations = new LiquidationRules(tally, this.#log)
    this.#auctions = new AuctionRules(tally, this.#log, this.#liquidations)
    this.#insurance = new InsuranceRules(tally, this.#pools)
    this.#reserves = new CreditReserves(tally, this.#log, this.#pools)
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
    this.#prices = new CreditPrices(tally, this.#log, index, vaults, (...of) => this.supplyIndexOf(...of))
    this.#isolated = new IsolatedRules(tally, this.#log, index, this.#prices)
    this.#isEmpty = spec.lendingPools.length + spec.isolatedMarkets.length + spec.oracles.length === 0
  }

  genesis(): void {
    this.#prices.genesis()
    this.#isolated.genesis()
    for (const [address, pool] of this.#pools) {
      for (const reserve of pool.reserves.values()) reserve.begin(this.#genesisSeconds)
      this.#pools.set(address, { ...pool, bareAtGenesis: new Set(bareBorrowers(pool)) })
    }
  }

  event(scope: Scope, event: ChainEvent): void {
    if (this.#isEmpty) return
    this.#prices.event(scope, event)
    this.#isolated.event(scope, event)
    switch (event.kind) {
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
        return this.#reserves.written(scope, event.pool, event.token, event.amount)
      case 'deficit-covered':
        this.#insurance.event(scope, event)
        if (!this.#insurance.isFund(event.from)) this.#alone(scope, event.pool, [event.from])
        return this.#reserves.written(scope, event.pool, event.token, -event.amount)
      case 'treasury-minted':
        this.#alone(scope, event.pool, [])
        return this.#reserves.minted(scope, event)
      case 'premium-collected':
        this.#insurance.event(scope, event)
        return this.#reserves.minted(scope, event)
      case 'reserve-updated':
        this.#insurance.event(scope, event)
        return this.#reserves.updated(scope, event)
      case 'reserve-terms-set':
        return this.#reserves.termsSet(scope, event)
    }
  }

  /** What a reverted transaction says of prices and health is true, too. */
  refused(scope: Scope): void {
    const { transaction, receipt, timestamp } = scope
    if (this.#isEmpty || receipt.status === 'ok' || transaction === null) return
    const { call } = transaction
    if (receipt.reason !== 'no-price' || !('pool' in call)) return
    this.#isolated.refused(scope, call.pool, call.kind)
    const pool = this.#pools.get(call.pool)
    if (pool === undefined) return
    this.#tally.checked['C-5']++
    const isAnyBad = pool.spec.reserves.some(({ price }) => this.#prices.problem(price, timestamp) !== null)
    if (!isAnyBad) this.#breach(scope, 'C-5', pool, `${call.kind} was refused for a price, and all are good`)
  }

  receiptDone(scope: Scope): void {
    this.#insurance.receiptDone(scope)
    this.#reserves.receiptDone(scope)
    this.#isolated.receiptDone(scope)
  }

  sums(atMs: number): void {
    for (const pool of this.#pools.values()) {
      this.#auctions.sums(atMs, pool)
      this.#reserves.sums(atMs, pool)
    }
    this.#isolated.sums(atMs)
  }

  end(atMs: number): void {
    for (const pool of this.#pools.values()) {
      this.#tally.checked['C-6']++
      for (const owner of bareBorrowers(pool))
        if (!pool.bareAtGenesis.has(owner))
          this.#breach({ atMs }, 'C-6', pool, `${owner} owes and has nothing pledged`)
    }
  }

  /** The supply index of a pool's reserve at a time, in ray; null where there is none. */
  supplyIndexOf(pool: Address, token: Address, now: number): bigint | null {
    return this.#pools.get(pool)?.reserves.get(token)?.indexesAt(now).supply ?? null
  }

  /** What an oracle says now; null when it has no answer. */
  oraclePrice(oracle: Address, now: number): bigint | null {
    return this.#prices.read(oracle, now)
  }

  undoBlock(hash: string): void {
    this.#log.undo(hash)
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
    this.#prices.sequencerUp(scope, pool.spec, 'a loan')
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
    if (this.#liquidations.judge(scope, pool, event))
      this.#prices.sequencerUp(scope, pool.spec, 'a liquidation')
  }

  #auctioned(scope: Scope, event: CollateralAuctionEvent): void {
    const pool = this.#pools.get(event.pool)
    if (pool === undefined) return
    const record = this.#auctions.recordOf(pool, event.auction)
    const borrower = event.kind === 'auction-started' ? event.borrower : record?.borrower
    const named = [borrower, record?.bidder].filter((each) => each !== undefined && each !== null)
    this.#alone(scope, event.pool, named)
    if ('prices' in event) this.#usable(scope, pool, event.prices)
    if (this.#auctions.event(scope, pool, event)) this.#prices.sequencerUp(scope, pool.spec, 'an auction')
  }

  #usable(scope: Scope, { spec, reserves }: PoolRecord, prices: readonly UsedPrice[]): void {
    const ruleOf = (token: Address) => reserves.get(token)?.spec.price
    this.#prices.usable(scope, { name: spec.name, chainId: spec.chainId, ruleOf }, prices)
  }

  /** What the receipt moved of an account's pledges, all reserves together. */
  #movedPledge(scope: Scope, owner: string): bigint {
    let sum = 0n
    for (const { legs } of scope.receipt.entries)
      for (const leg of legs) if (leg.kind === 'COLLATERAL' && leg.owner === owner) sum += leg.amount
    return sum
  }

  #breach({ atMs }: { readonly atMs: number }, id: Id, { spec }: PoolRecord, detail: string): void {
    this.#tally.breach(id, atMs, spec.chainId, `pool ${spec.name}: ${detail}`)
  }
}
