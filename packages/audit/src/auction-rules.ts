// Auctions of collateral, C-4 and C-6: begun below health only, with the exact lot, debt and target; bids that raise enough and are paid
// back in full; lots that go to whom they belong at the price of the moment; and what is not raised is booked as bad debt at once.
// What lies in the auctions is what the ledger says (C-2).
import type { Address } from '@solvent/primitives'
import type { CollateralAuctionEvent, DutchEngine, EnglishEngine, LiquidationEngine } from '@solvent/protocol'
import { fallenPrice, firstPrice, isRaise, isSpent, pairRay } from './auction-arithmetic.ts'
import type { AuctionRecord } from './auction-record.ts'
import type { Scope } from './chain-record.ts'
import { claimOf, debtOf, ONE, RAY, unitOf } from './credit-arithmetic.ts'
import type { LiquidationRules } from './credit-liquidations.ts'
import { healthIn, moved, type PoolRecord, statedBadDebt } from './credit-pool.ts'
import type { WriteLog } from './credit-undo.ts'
import type { ReserveRecord } from './reserve-record.ts'
import type { Tally } from './tally.ts'

type Event<K extends CollateralAuctionEvent['kind']> = Extract<CollateralAuctionEvent, { kind: K }>
type Complain = (detail: string) => void

const BPS = 10_000n
const NO_LIMIT = (1n << 256n) - 1n

export class AuctionRules {
  readonly #tally: Tally
  readonly #log: WriteLog
  readonly #liquidations: LiquidationRules
  readonly #auctions = new Map<PoolRecord['spec'], Map<number, AuctionRecord>>()

  constructor(tally: Tally, log: WriteLog, liquidations: LiquidationRules) {
    this.#tally = tally
    this.#log = log
    this.#liquidations = liquidations
  }

  /** The auction as it was before this event, for whose account it is. */
  recordOf(pool: PoolRecord, auction: number): AuctionRecord | undefined {
    return this.#auctions.get(pool.spec)?.get(auction)
  }

  /** Judges an event; true when the sequencer has to be up for it. */
  event(scope: Scope, pool: PoolRecord, event: CollateralAuctionEvent): boolean {
    this.#tally.checked['C-4']++
    const complain = (detail: string): void =>
      this.#breach(scope, 'C-4', pool, `auction ${event.auction}: ${detail}`)
    const { engine } = pool.spec
    if (!isAuctioning(engine)) {
      complain('the pool auctions nothing')
      return false
    }
    if (event.kind === 'auction-started') return this.#started(scope, pool, event, complain)
    const record = this.recordOf(pool, event.auction)
    if (record === undefined) complain('it does not run')
    else if (event.kind === 'auction-sold') {
      if (engine.kind === 'dutch') this.#sold(scope, { pool, engine, record, complain }, event)
      else complain('a sale in an English auction')
    } else if (event.kind === 'auction-restarted')
      this.#restarted(scope, { pool, engine, record, complain }, event)
    else if (engine.kind !== 'english') complain('a bid in a Dutch auction')
    else if (event.kind === 'auction-bid') this.#bid(scope, { pool, engine, record, complain }, event)
    else this.#settled(scope, { pool, engine, record, complain }, event)
    return false
  }

  /** C-2: lots and bids are what the pool holds for its auctions. */
  sums(atMs: number, pool: PoolRecord): void {
    if (!isAuctioning(pool.spec.engine)) return
    this.#tally.checked['C-2']++
    const due = new Map<Address, bigint>()
    const add = (token: Address, amount: bigint): unknown => due.set(token, (due.get(token) ?? 0n) + amount)
    for (const { collateral, debt, lot, bid } of this.#auctions.get(pool.spec)?.values() ?? []) {
      add(collateral, lot)
      add(debt, bid)
    }
    for (const { spec } of pool.reserves.values()) {
      const held = pool.chain.book.token(spec.token).balance('LIQ', pool.spec.address)
      if (held !== (due.get(spec.token) ?? 0n))
        this.#breach(
          { atMs },
          'C-2',
          pool,
          `${held} ${spec.symbol} lie in auctions of ${due.get(spec.token) ?? 0n}`,
        )
    }
  }

  #started(scope: Scope, pool: PoolRecord, event: Event<'auction-started'>, complain: Complain): boolean {
    const { engine } = pool.spec
    const collateral = pool.reserves.get(event.collateral)
    const debt = pool.reserves.get(event.debt)
    if (collateral === undefined || debt === undefined || !isAuctioning(engine)) return false
    const before = healthIn(scope, pool, event.borrower, event.prices, scope)
    if (typeof before === 'string') {
      this.#breach(scope, 'C-5', pool, before)
      return false
    }
    const { factor } = before
    if (factor === null || factor >= ONE) complain(`the health factor was ${factor}`)
    if (event.healthFactor !== factor) complain(`it says a health of ${event.healthFactor}, it was ${factor}`)
    const sideOf = (reserve: ReserveRecord) => ({
      priceE8: event.prices.find(({ token }) => token === reserve.spec.token)?.priceE8 ?? 0n,
      unit: unitOf(reserve.spec.terms),
    })
    const sides = { collateral: sideOf(collateral), debt: sideOf(debt) }
    const pledged =
      collateral.pledgedOf(event.borrower) - moved(scope, collateral.receipt, 'COLLATERAL', event.borrower)
    const owing = debt.owedOf(event.borrower) - moved(scope, debt.debt, 'BORROWER', event.borrower)
    const balance = claimOf(pledged, collateral.indexesAt(scope.timestamp))
    const owedInAll = debtOf(owing, debt.indexesAt(scope.timestamp))
    const most = engine.lots.find(({ token }) => token === event.collateral)?.most ?? NO_LIMIT
    const lot = balance < most ? balance : most
    const lotValue = (lot * sides.collateral.priceE8) / sides.collateral.unit
    const share = before.collateral === 0n ? 0n : (owedInAll * lotValue) / before.collateral
    const owed = lotValue === before.collateral || share > owedInAll ? owedInAll : share
    if (event.lot !== lot) complain(`a lot of ${event.lot}, due is ${lot}`)
    if (event.owed !== owed) complain(`a debt of ${event.owed} goes with the lot, due is ${owed}`)
    const tab = owed + (owed * engine.penaltyBps) / BPS
    if (event.tab !== tab) complain(`a target of ${event.tab}, due is ${tab}`)
    const topRay =
      engine.kind === 'dutch' && sides.debt.priceE8 > 0n
        ? firstPrice(pairRay(sides.collateral, sides.debt), engine)
        : 0n
    if (event.topRay !== topRay) complain(`a first price of ${event.topRay}, due is ${topRay}`)
    const seized = this.#moved(scope, event.collateral, 'LIQ', pool.spec.address)
    if (seized !== lot) complain(`${seized} taken for a lot of ${lot}`)
    this.#liquidations.booked(scope, pool, {
      borrower: event.borrower,
      debt: event.debt,
      gone: owed,
    })
    const endsAt = engine.kind === 'english' ? scope.timestamp + engine.auctionSeconds : 0
    this.#write(scope, pool, event.auction, {
      ...{ borrower: event.borrower, collateral: event.collateral, debt: event.debt },
      ...{ lot, owed, tab, bid: 0n, bidder: null, standsUntil: 0, endsAt },
      ...{ leftRay: tab * RAY, topRay, beganAt: scope.timestamp },
    })
    this.#auctioned(scope, debt, owed)
    return factor !== null && factor >= (ONE * 95n) / 100n
  }

  #bid(scope: Scope, at: At<EnglishEngine>, event: Event<'auction-bid'>): void {
    const { pool, engine, record, complain } = at
    const { timestamp } = scope
    if (record.bidder !== null && record.standsUntil <= timestamp) complain('a bid after the last one stood')
    if (record.endsAt <= timestamp) complain('a bid after the end')
    if (event.step === 'raised') {
      if (event.lot !== record.lot) complain(`a raise for ${event.lot} of ${record.lot}`)
      const isEnough = isRaise(event.bid, record.bid, engine.raiseBps) || event.bid === record.tab
      if (event.bid <= record.bid || !isEnough) complain(`${event.bid} is no raise of ${record.bid}`)
      if (event.bid > record.tab) complain(`${event.bid} is more than the target of ${record.tab}`)
    } else {
      if (record.bid !== record.tab || event.bid !== record.tab) complain('a smaller lot below the target')
      if (event.lot >= record.lot || !isRaise(record.lot, event.lot, engine.raiseBps))
        complain(`a lot of ${event.lot} is not enough below ${record.lot}`)
    }
    const { debt, collateral, borrower, bidder } = record
    const refunded = bidder === null || bidder === event.bidder ? 0n : this.#got(scope, debt, bidder)
    if (bidder !== null && bidder !== event.bidder && refunded !== record.bid)
      complain(`${refunded} paid back of a bid of ${record.bid}`)
    const inHand = this.#moved(scope, debt, 'LIQ', pool.spec.address)
    if (inHand !== event.bid - record.bid) complain(`${inHand} more for a bid of ${event.bid}`)
    const freed = record.lot - event.lot
    if (freed > 0n && this.#got(scope, collateral, borrower) !== freed && borrower !== event.bidder)
      complain(`${freed} of the lot did not go home`)
    this.#write(scope, pool, event.auction, {
      ...record,
      ...{ lot: event.lot, bid: event.bid, bidder: event.bidder },
      standsUntil: timestamp + engine.bidSeconds,
    })
  }

  #settled(scope: Scope, at: At<EnglishEngine>, event: Event<'auction-settled'>): void {
    const { pool, record, complain } = at
    const { timestamp } = scope
    const isOver = record.standsUntil < timestamp || record.endsAt < timestamp
    if (record.bidder === null || !isOver) complain('settled while it runs')
    if (event.winner !== record.bidder) complain(`${event.winner} gets the lot of ${record.bidder}`)
    if (event.lot !== record.lot) complain(`a lot of ${event.lot} instead of ${record.lot}`)
    if (event.paid !== record.bid) complain(`${event.paid} paid for a bid of ${record.bid}`)
    const got = this.#got(scope, record.collateral, event.winner)
    if (got !== record.lot) complain(`the winner got ${got} of ${record.lot}`)
    this.#paid(scope, at, { ...event, isOver: true })
    this.#write(scope, pool, event.auction, null)
  }

  #sold(scope: Scope, at: At<DutchEngine>, event: Event<'auction-sold'>): void {
    const { pool, engine, record, complain } = at
    const seconds = scope.timestamp - record.beganAt
    if (isSpent(engine, record.topRay, seconds)) complain('sold though it is spent')
    const price = fallenPrice(engine, record.topRay, seconds)
    if (event.priceRay !== price) complain(`a price of ${event.priceRay}, due is ${price}`)
    const all = record.lot * price
    const isAll = event.lot === record.lot
    const capped = all < record.leftRay ? all : record.leftRay
    const owe = event.isOver ? (isAll ? capped : record.leftRay) : record.leftRay - event.leftRay
    const slice = price === 0n ? 0n : owe / price
    if (!(event.isOver && isAll) && event.lot !== slice) complain(`${event.lot} sold, ${slice} are paid for`)
    if (event.paid !== (owe + RAY - 1n) / RAY) complain(`${event.paid} paid of ${owe} in ray`)
    if (!event.isOver && (isAll || event.leftRay < engine.dust * RAY))
      complain(`${event.leftRay} left to raise, less than the dust`)
    const returned = event.isOver ? record.lot - event.lot : 0n
    if (event.returned !== returned) complain(`${event.returned} go home, due are ${returned}`)
    const got = this.#got(scope, record.collateral, event.buyer)
    if (got !== event.lot + (event.buyer === record.borrower ? returned : 0n))
      complain(`the buyer got ${got} of ${event.lot}`)
    this.#paid(scope, at, event)
    const { leftRay } = event
    const next = { ...record, lot: record.lot - event.lot, owed: record.owed - event.recovered, leftRay }
    this.#write(scope, pool, event.auction, event.isOver ? null : next)
  }

  #restarted(
    scope: Scope,
    { pool, engine, record, complain }: At<EnglishEngine | DutchEngine>,
    event: Event<'auction-restarted'>,
  ): void {
    const { timestamp } = scope
    if (engine.kind === 'english') {
      if (record.bidder !== null || record.endsAt >= timestamp)
        complain('begun anew though it has not failed')
      const endsAt = timestamp + engine.auctionSeconds
      this.#write(scope, pool, event.auction, { ...record, endsAt })
      return
    }
    if (!isSpent(engine, record.topRay, timestamp - record.beganAt)) complain('begun anew though it runs')
    const side = (token: Address) => ({
      priceE8: event.prices.find((each) => each.token === token)?.priceE8 ?? 0n,
      unit: unitOf(pool.reserves.get(token)!.spec.terms),
    })
    const [sold, paid] = [side(record.collateral), side(record.debt)]
    const topRay = paid.priceE8 === 0n ? 0n : firstPrice(pairRay(sold, paid), engine)
    if (event.topRay !== topRay) complain(`a first price of ${event.topRay}, due is ${topRay}`)
    this.#write(scope, pool, event.auction, { ...record, topRay: event.topRay, beganAt: timestamp })
  }

  /** What was paid goes to the debt first; what the debt misses at the end is booked (C-6). */
  #paid(
    scope: Scope,
    { pool, record, complain }: At<EnglishEngine | DutchEngine>,
    { paid, recovered, isOver }: Pick<Event<'auction-sold'>, 'paid' | 'recovered' | 'isOver'>,
  ): void {
    const due = paid < record.owed ? paid : record.owed
    if (recovered !== due) complain(`${recovered} go to the debt, due are ${due}`)
    const cash = this.#moved(scope, record.debt, 'POOL', pool.spec.address)
    const shared = paidByOthers(scope, pool, record.debt)
    if (cash !== recovered + shared) complain(`the reserve got ${cash} of ${recovered} and ${shared}`)
    const reserve = pool.reserves.get(record.debt)
    if (reserve !== undefined) this.#auctioned(scope, reserve, isOver ? -record.owed : -recovered)
    this.#tally.checked['C-6']++
    const missing = isOver ? record.owed - due : 0n
    const stated = statedBadDebt(scope, pool, record.debt, record.borrower)
    if (stated !== missing)
      this.#breach(scope, 'C-6', pool, `an auction misses ${missing} of a debt, ${stated} is booked`)
  }

  /** What an account other than the auctions' gained by the entry of an auction. */
  #got(scope: Scope, token: Address, owner: Address): bigint {
    let sum = 0n
    for (const { cause, legs } of scope.receipt.entries)
      if (cause === 'lending-auction')
        for (const leg of legs)
          if (leg.token === token && leg.owner === owner && leg.kind !== 'LIQ') sum += leg.amount
    return sum
  }

  #moved(scope: Scope, token: Address, kind: 'LIQ' | 'POOL', owner: Address): bigint {
    return moved(scope, token, kind, owner)
  }

  #auctioned(scope: Scope, reserve: ReserveRecord, more: bigint): void {
    const before = reserve.facts
    reserve.facts = { ...before, auctioned: before.auctioned + more }
    this.#log.note(scope.block.hash, () => {
      reserve.facts = before
    })
  }

  #write(scope: Scope, { spec }: PoolRecord, auction: number, next: AuctionRecord | null): void {
    const all = this.#auctions.get(spec) ?? new Map<number, AuctionRecord>()
    this.#auctions.set(spec, all)
    const before = all.get(auction)
    if (next === null) all.delete(auction)
    else all.set(auction, next)
    this.#log.note(scope.block.hash, () => {
      if (before === undefined) all.delete(auction)
      else all.set(auction, before)
    })
  }

  #breach(
    { atMs }: { readonly atMs: number },
    id: 'C-2' | 'C-4' | 'C-5' | 'C-6',
    { spec }: PoolRecord,
    detail: string,
  ): void {
    this.#tally.breach(id, atMs, spec.chainId, `pool ${spec.name}: ${detail}`)
  }
}

/** What funds of other pools paid into this one for what the auction missed. */
function paidByOthers({ receipt }: Scope, { spec }: PoolRecord, token: Address): bigint {
  let sum = 0n
  for (const event of receipt.events)
    if (event.kind === 'deficit-covered' && event.pool === spec.address && event.token === token)
      if (event.from !== spec.insurance?.fund) sum += event.amount
  return sum
}

function isAuctioning(engine: LiquidationEngine): engine is EnglishEngine | DutchEngine {
  return engine.kind === 'english' || engine.kind === 'dutch'
}

interface At<E> {
  readonly pool: PoolRecord
  readonly engine: E
  readonly record: AuctionRecord
  readonly complain: Complain
}
