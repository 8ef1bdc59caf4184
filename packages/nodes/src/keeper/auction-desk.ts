// What a keeper does in pools that auction collateral: begins auctions of unhealthy accounts, bids in English ones up to its ceiling,
// buys in Dutch ones once the price is low enough, and closes what it has won. Gas of the whole is weighed against the profit, and a
// keeper whom the base fee keeps out bids nothing: then whoever is left gets lots for nearly nothing (MakerDAO, 12 March 2020).
import type { Address } from '@solvent/primitives'
import { divUp, minBig, RAY } from '@solvent/primitives'
import type { Call, DutchEngine, EnglishEngine, Receipt } from '@solvent/protocol'
import {
  accountData,
  type CollateralAuction,
  clipRulesOf,
  clipStatus,
  largestLot,
  type Moment,
  ONE_HEALTH,
  settlementRules,
  weighingOf,
} from '@solvent/settlement'
import type { KeeperNow } from './appraisal.ts'
import { nextBid } from './bidding.ts'
import type { KeeperRules } from './keeper-rules.ts'
import type { DeskParts } from './liquidation-desk.ts'
import type { LiquidationOffer } from './liquidation-offer.ts'

interface Running<K extends CollateralAuction['kind']> {
  readonly pool: Address
  readonly auction: number
  readonly open: Extract<CollateralAuction, { kind: K }>
  readonly moment: Moment
}

/** In value per unit, so that tiny lots can be compared. */
const E18 = 10n ** 18n

export class AuctionDesk {
  readonly #self: Address
  readonly #rules: KeeperRules
  readonly #parts: DeskParts
  /** Refs of bids and purchases. */
  readonly #sent = new Set<string>()
  won = 0
  outbid = 0

  constructor(self: Address, rules: KeeperRules, parts: DeskParts) {
    this.#self = self
    this.#rules = rules
    this.#parts = parts
  }

  offers(now: KeeperNow): LiquidationOffer[] {
    const offers: LiquidationOffer[] = []
    for (const [pool, contract] of this.#parts.view.lending) {
      const { engine } = contract.spec
      if (engine.kind === 'fixed-spread' || engine.kind === 'slow') continue
      const moment = this.#parts.view.momentOf(pool, now.atSeconds)
      for (const [auction, open] of [...contract.auctions.entries()].sort(([a], [b]) => a - b)) {
        const offer =
          open.kind === 'english' && engine.kind === 'english'
            ? this.#english({ pool, auction, open, moment }, engine, now)
            : open.kind === 'dutch' && engine.kind === 'dutch'
              ? this.#dutch({ pool, auction, open, moment }, engine, now)
              : null
        if (offer !== null) offers.push(offer)
      }
      if (this.#parts.halts.isHalted(pool, 'liquidate', now.atSeconds)) continue
      for (const borrower of [...this.#parts.view.atRisk(pool, now.atSeconds)]) {
        const offer = this.#start(pool, borrower as Address, moment, now)
        if (offer !== null) offers.push(offer)
      }
    }
    return offers
  }

  get isAnyOpen(): boolean {
    return [...this.#parts.view.lending.values()].some(
      ({ auctions }) => auctions.entries().next().done !== true,
    )
  }

  /** A transaction is in a block. */
  ended(ref: string, status: Receipt['status']): void {
    if (!this.#sent.delete(ref)) return
    if (status === 'ok') this.won++
    else this.outbid++
  }

  #start(pool: Address, borrower: Address, moment: Moment, now: KeeperNow): LiquidationOffer | null {
    const { view, capital, appraisal } = this.#parts
    const key = `start-auction/${pool}/${borrower}`
    const machine = view.poolOf(pool)
    const account = machine?.accounts.get(borrower)
    const engine = view.lending.get(pool)?.spec.engine
    if (machine === undefined || account === undefined || engine === undefined) return null
    if (borrower === this.#self || capital.isBusy(key)) return null
    const data = accountData(account, weighingOf(machine, moment))
    if (data === null || data.healthFactor >= ONE_HEALTH) return null
    const value = (token: string, amount: bigint): bigint =>
      appraisal.valueE8({ pool, token: token as Address, amount }, moment, now)
    const pledged = dearest(account.positions, ({ asset, scaledSupply, isCollateral }) =>
      isCollateral ? value(asset, scaledSupply) : 0n,
    )
    const owed = dearest(account.positions, ({ asset, scaledDebt }) => value(asset, scaledDebt))
    if (pledged === undefined || owed === undefined) return null
    const [collateral, debt] = [pledged.asset as Address, owed.asset as Address]
    if (capital.free(debt) <= 0n) return null
    const lot = minBig(pledged.scaledSupply, largestLot(engine, collateral) ?? 0n)
    const call: Call = { kind: 'start-auction', pool, borrower, collateral, debt }
    const profitE8 = (value(collateral, lot) * BigInt(this.#rules.auctions.discountBps)) / 10_000n
    if (!this.#pays([call], profitE8, now)) return null
    return { call, ref: capital.begin(key, debt, 0n), priorityFeePerGas: undefined }
  }

  #english(running: Running<'english'>, engine: EnglishEngine, now: KeeperNow): LiquidationOffer | null {
    const { pool, auction, open, moment } = running
    const { capital } = this.#parts
    const { lot, bid, tab, tic, end, guy } = open.state
    const key = `auction/${pool}/${auction}`
    if (capital.isBusy(key)) return null
    const isMine = guy === this.#self && tic !== 0
    const isOver = (tic !== 0 && tic < now.atSeconds) || end < now.atSeconds
    if (isOver) {
      const kind = tic === 0 ? 'restart-auction' : 'settle-auction'
      if (kind === 'settle-auction' && !isMine) return null
      const call: Call = { kind, pool, auction }
      if (!this.#affords(now)) return null
      return { call, ref: capital.begin(key, open.debt, 0n), priorityFeePerGas: undefined }
    }
    if (isMine || (tic !== 0 && tic <= now.atSeconds)) return null
    const worth = this.#worth(running, lot, now)
    const standing = { lot, bid, tab, raiseBps: engine.raiseBps }
    const next = nextBid(standing, worth, capital.free(open.debt), this.#rules.auctions)
    if (next === null) return null
    const call: Call = { kind: 'bid-in-auction', pool, auction, ...next }
    const settle: Call = { kind: 'settle-auction', pool, auction }
    const profit = (worth * next.lot) / lot - next.bid
    const profitE8 = this.#parts.appraisal.valueE8({ pool, token: open.debt, amount: profit }, moment, now)
    if (!this.#pays([call, settle], profitE8, now)) return null
    return this.#offer(call, capital.begin(key, open.debt, next.bid), profitE8, now)
  }

  #dutch(running: Running<'dutch'>, engine: DutchEngine, now: KeeperNow): LiquidationOffer | null {
    const { pool, auction, open, moment } = running
    const { capital, appraisal } = this.#parts
    const key = `auction/${pool}/${auction}`
    if (capital.isBusy(key)) return null
    const rules = clipRulesOf(engine)
    const { price, needsRedo } = clipStatus(open.state, rules, now.atSeconds)
    if (needsRedo) {
      const call: Call = { kind: 'restart-auction', pool, auction }
      if (!this.#affords(now)) return null
      return { call, ref: capital.begin(key, open.debt, 0n), priorityFeePerGas: undefined }
    }
    const free = capital.free(open.debt)
    if (price === 0n || free <= 0n) return null
    const amount = minBig(open.state.lot, (free * RAY) / price)
    // What the machine would sell of it: never more than the target needs, and nothing that leaves dust.
    const sold = settlementRules.takeFromSale(open.state, { amount, maxPrice: price }, rules, now.atSeconds)
    if (sold.status === 'refused') return null
    const cost = divUp(sold.owe, RAY)
    const worth = this.#worth(running, sold.slice, now)
    const ceiling = (worth * BigInt(10_000 - this.#rules.auctions.discountBps)) / 10_000n
    if (sold.slice === 0n || cost > ceiling) return null
    const call: Call = { kind: 'buy-in-auction', pool, auction, amount, maxPriceRay: price }
    const profitE8 = appraisal.valueE8({ pool, token: open.debt, amount: worth - cost }, moment, now)
    if (!this.#pays([call], profitE8, now)) return null
    return this.#offer(call, capital.begin(key, open.debt, cost), profitE8, now)
  }

  /** What an amount of the collateral sells for, in base units of the debt's coin. */
  #worth(
    { pool, open, moment }: Running<'english'> | Running<'dutch'>,
    amount: bigint,
    now: KeeperNow,
  ): bigint {
    const { appraisal, resale } = this.#parts
    const { collateral, debt } = open
    const soldE8 = resale.proceedsE8({ pool, collateral, debt, amount }, moment, now)
    const coinE8 = appraisal.valueE8({ pool, token: debt, amount: E18 }, moment, now)
    return coinE8 === 0n ? 0n : (soldE8 * E18) / coinE8
  }

  #affords({ baseFee }: KeeperNow): boolean {
    return this.#rules.maxBaseFee === null || baseFee <= this.#rules.maxBaseFee
  }

  #pays(calls: readonly Call[], profitE8: bigint, now: KeeperNow): boolean {
    if (!this.#affords(now)) return false
    return profitE8 - this.#parts.appraisal.gasE8(calls, now) >= this.#rules.minProfitE8
  }

  #offer(call: Call, ref: string, profitE8: bigint, now: KeeperNow): LiquidationOffer {
    this.#sent.add(ref)
    const afterGas = profitE8 - this.#parts.appraisal.gasE8([call], now)
    const priorityFeePerGas = this.#parts.appraisal.bidPerGas(call, afterGas, this.#rules.bidShareBps, now)
    return { call, ref, priorityFeePerGas }
  }
}

/** The first of those that are worth most; none where all are worth nothing. */
function dearest<T>(all: readonly T[], worth: (each: T) => bigint): T | undefined {
  let best: { readonly each: T; readonly value: bigint } | undefined
  for (const each of all) {
    const value = worth(each)
    if (value > (best?.value ?? 0n)) best = { each, value }
  }
  return best?.each
}
