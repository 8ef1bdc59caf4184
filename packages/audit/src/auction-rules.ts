// Auctions of collateral, C-4: begun below health only, with the exact lot, debt and target; what happens in them is judged by their
// kind. What lies in the auctions is what the ledger says (C-2).
import type { Address } from '@solvent/primitives'
import type { CollateralAuctionEvent, DutchEngine, EnglishEngine, LiquidationEngine } from '@solvent/protocol'
import { firstPrice, pairRay } from './auction-arithmetic.ts'
import { AuctionBook } from './auction-book.ts'
import { AuctionProceeds } from './auction-proceeds.ts'
import type { AuctionEvent, AuctionRecord, JudgedAuction } from './auction-record.ts'
import type { Scope } from './chain-record.ts'
import { claimOf, debtOf, ONE, RAY, unitOf } from './credit-arithmetic.ts'
import type { LiquidationRules } from './credit-liquidations.ts'
import { healthIn, moved, type PoolRecord } from './credit-pool.ts'
import type { WriteLog } from './credit-undo.ts'
import { DutchAuctionRules } from './dutch-auction-rules.ts'
import { EnglishAuctionRules } from './english-auction-rules.ts'
import type { ReserveRecord } from './reserve-record.ts'
import type { Tally } from './tally.ts'

/** Of an auction that runs. */
type Later = Exclude<CollateralAuctionEvent, { kind: 'auction-started' }>
type Complain = (detail: string) => void

const BPS = 10_000n
const NO_LIMIT = (1n << 256n) - 1n

export class AuctionRules {
  readonly #tally: Tally
  readonly #liquidations: LiquidationRules
  readonly #book: AuctionBook
  readonly #english: EnglishAuctionRules
  readonly #dutch: DutchAuctionRules

  constructor(tally: Tally, log: WriteLog, liquidations: LiquidationRules) {
    this.#tally = tally
    this.#liquidations = liquidations
    this.#book = new AuctionBook(log)
    const proceeds = new AuctionProceeds(tally, this.#book)
    this.#english = new EnglishAuctionRules(this.#book, proceeds)
    this.#dutch = new DutchAuctionRules(this.#book, proceeds)
  }

  /** The auction as it was before this event, for whose account it is. */
  recordOf(pool: PoolRecord, auction: number): AuctionRecord | undefined {
    return this.#book.recordOf(pool, auction)
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
    else if (engine.kind === 'english') this.#inEnglish(scope, { pool, engine, record, complain }, event)
    else this.#inDutch(scope, { pool, engine, record, complain }, event)
    return false
  }

  #inEnglish(scope: Scope, at: JudgedAuction<EnglishEngine>, event: Later): void {
    if (event.kind === 'auction-sold') at.complain('a sale in an English auction')
    else if (event.kind === 'auction-restarted') this.#english.restarted(scope, at, event)
    else if (event.kind === 'auction-bid') this.#english.bid(scope, at, event)
    else this.#english.settled(scope, at, event)
  }

  #inDutch(scope: Scope, at: JudgedAuction<DutchEngine>, event: Later): void {
    if (event.kind === 'auction-sold') this.#dutch.sold(scope, at, event)
    else if (event.kind === 'auction-restarted') this.#dutch.restarted(scope, at, event)
    else at.complain('a bid in a Dutch auction')
  }

  /** C-2: lots and bids are what the pool holds for its auctions. */
  sums(atMs: number, pool: PoolRecord): void {
    if (!isAuctioning(pool.spec.engine)) return
    this.#tally.checked['C-2']++
    const due = new Map<Address, bigint>()
    const add = (token: Address, amount: bigint): unknown => due.set(token, (due.get(token) ?? 0n) + amount)
    for (const { collateral, debt, lot, bid } of this.#book.running(pool)) {
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

  #started(
    scope: Scope,
    pool: PoolRecord,
    event: AuctionEvent<'auction-started'>,
    complain: Complain,
  ): boolean {
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
    const seized = moved(scope, event.collateral, 'LIQ', pool.spec.address)
    if (seized !== lot) complain(`${seized} taken for a lot of ${lot}`)
    this.#liquidations.booked(scope, pool, {
      borrower: event.borrower,
      debt: event.debt,
      gone: owed,
    })
    const endsAt = engine.kind === 'english' ? scope.timestamp + engine.auctionSeconds : 0
    this.#book.write(scope, pool, event.auction, {
      ...{ borrower: event.borrower, collateral: event.collateral, debt: event.debt },
      ...{ lot, owed, tab, bid: 0n, bidder: null, standsUntil: 0, endsAt },
      ...{ leftRay: tab * RAY, topRay, beganAt: scope.timestamp },
    })
    this.#book.awaits(scope, debt, owed)
    return factor !== null && factor >= (ONE * 95n) / 100n
  }

  #breach(
    { atMs }: { readonly atMs: number },
    id: 'C-2' | 'C-4' | 'C-5',
    { spec }: PoolRecord,
    detail: string,
  ): void {
    this.#tally.breach(id, atMs, spec.chainId, `pool ${spec.name}: ${detail}`)
  }
}

function isAuctioning(engine: LiquidationEngine): engine is EnglishEngine | DutchEngine {
  return engine.kind === 'english' || engine.kind === 'dutch'
}
