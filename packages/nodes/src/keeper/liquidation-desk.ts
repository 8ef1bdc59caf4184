// Which liquidations at a fixed spread pay. Profit = what the collateral sells for, less the debt that is repaid, less gas at the base
// fee; a share of it is bid as the priority fee, since the first of several keepers in a block takes it all and the others pay gas for
// nothing. Sources: Qin et al. 2021 (arXiv 2106.06389), the gas competition of liquidators; Daian et al. 2020 (priority gas auctions).
import type { Address } from '@solvent/primitives'
import { BPS, maxBig } from '@solvent/primitives'
import type { Receipt } from '@solvent/protocol'
import {
  type CreditView,
  type LiquidationQuote,
  type Moment,
  quoteIsolatedLiquidation,
  quoteLiquidations,
} from '@solvent/settlement'
import type { HaltWatch } from '../parts/halt-watch.ts'
import type { Appraisal, KeeperNow } from './appraisal.ts'
import type { KeeperRules } from './keeper-rules.ts'
import { type LiquidationOffer, liquidationCall } from './liquidation-offer.ts'
import type { Resale } from './resale.ts'
import type { WorkingCapital } from './working-capital.ts'

/** Money of the keeper on another chain, and what it is asked for. */
export interface FarPurse {
  /** Of a coin here: what is on its way, and what could still be ordered. */
  readonly reach: (token: Address, now: KeeperNow) => bigint
  readonly feeBps: bigint
  readonly want: (shortfall: { readonly token: Address; readonly amount: bigint }) => void
}

export const NO_FAR_PURSE: FarPurse = { reach: () => 0n, feeBps: 0n, want: () => {} }

/** What the desks of a keeper share. */
export interface DeskParts {
  readonly view: CreditView
  readonly capital: WorkingCapital
  readonly appraisal: Appraisal
  readonly halts: HaltWatch
  readonly resale: Resale
}

interface Weighed {
  readonly quote: LiquidationQuote
  readonly profitE8: bigint
}

/** What a debt may grow by until an order for it is filled. */
const INTEREST_BPS = 10n

export class LiquidationDesk {
  readonly #self: Address
  readonly #rules: KeeperRules
  readonly #view: CreditView
  readonly #capital: WorkingCapital
  readonly #appraisal: Appraisal
  readonly #halts: HaltWatch
  readonly #resale: Resale
  readonly #far: FarPurse
  readonly #sent = new Set<string>()
  won = 0
  lost = 0
  declined = 0

  constructor(self: Address, rules: KeeperRules, parts: DeskParts, far: FarPurse) {
    this.#far = far
    this.#self = self
    this.#rules = rules
    this.#view = parts.view
    this.#capital = parts.capital
    this.#appraisal = parts.appraisal
    this.#halts = parts.halts
    this.#resale = parts.resale
  }

  /** What is worth sending now; each counts as under way from here on. */
  offers(now: KeeperNow): LiquidationOffer[] {
    const offers: LiquidationOffer[] = []
    for (const [pool, { spec }] of this.#view.lending) {
      if (spec.engine.kind !== 'fixed-spread' && spec.engine.kind !== 'slow') continue
      if (this.#halts.isHalted(pool, 'liquidate', now.atSeconds)) continue
      const moment = this.#view.momentOf(pool, now.atSeconds)
      for (const borrower of [...this.#view.atRisk(pool, now.atSeconds)]) {
        if (!this.#view.mayLiquidate(pool, borrower, now.atSeconds)) continue
        const offer = this.#offer(pool, borrower as Address, now, moment, (capitalOf) =>
          quoteLiquidations(this.#view, { pool, borrower, moment }, { liquidator: this.#self, capitalOf }),
        )
        if (offer !== null) offers.push(offer)
      }
    }
    return [...offers, ...this.#isolated(now)]
  }

  /** Whether any position may be liquidated then. */
  isAnyoneAtRisk(atSeconds: number): boolean {
    const { lending, isolated } = this.#view
    return (
      [...lending.keys()].some((pool) => isAny(this.#view.atRisk(pool, atSeconds))) ||
      [...isolated.markets.keys()].some((market) => {
        const price = this.#view.isolatedPrice(market, atSeconds)
        return price !== null && isAny(isolated.atRisk(market, atSeconds, price))
      })
    )
  }

  /** A transaction is in a block. */
  ended(ref: string, status: Receipt['status']): void {
    if (!this.#sent.delete(ref)) return
    if (status === 'ok') this.won++
    else this.lost++
  }

  /** Of isolated markets, where a debt may be repaid at once. */
  #isolated({ atSeconds, ...rest }: KeeperNow): LiquidationOffer[] {
    const offers: LiquidationOffer[] = []
    for (const market of this.#view.isolated.markets.keys()) {
      const price = this.#view.isolatedPrice(market, atSeconds)
      if (price === null || this.#halts.isHalted(market, 'liquidate', atSeconds)) continue
      const moment = this.#view.momentOf(market, atSeconds)
      for (const borrower of [...this.#view.isolated.atRisk(market, atSeconds, price)]) {
        const at = { market, borrower, atSeconds }
        const offer = this.#offer(market, borrower as Address, { atSeconds, ...rest }, moment, (capitalOf) =>
          quoteIsolatedLiquidation(this.#view, at, capitalOf),
        )
        if (offer !== null) offers.push(offer)
      }
    }
    return offers
  }

  #offer(
    pool: Address,
    borrower: Address,
    now: KeeperNow,
    moment: Moment,
    quotes: (capitalOf: (token: Address) => bigint) => readonly LiquidationQuote[],
  ): LiquidationOffer | null {
    const key = `liquidate/${pool}/${borrower}`
    if (borrower === this.#self || this.#capital.isBusy(key)) return null
    const weigh = (capitalOf: (token: Address) => bigint) =>
      this.#best(
        pool,
        this.#sizes().flatMap((size) => quotes((token) => capitalOf(token) / size)),
        moment,
        now,
      )
    const best = weigh((token) => this.#capital.free(token))
    if (best === null) {
      const wide = weigh((token) => this.#capital.free(token) + this.#far.reach(token, now))
      if (wide !== null) this.#borrowFar(pool, borrower, wide, moment, now)
      return null
    }
    const { debt, debtRepaid } = best.quote
    const call = liquidationCall(pool, borrower, best.quote)
    const afterGasE8 = best.profitE8 - this.#appraisal.gasE8([call], now)
    const bidE8 = (maxBig(afterGasE8, 0n) * BigInt(this.#rules.bidShareBps)) / BPS
    const isTooDear = this.#rules.maxBaseFee !== null && now.baseFee > this.#rules.maxBaseFee
    if (isTooDear || afterGasE8 - bidE8 < this.#rules.minProfitE8) {
      this.declined++
      return null
    }
    const ref = this.#capital.begin(key, debt, debtRepaid)
    this.#sent.add(ref)
    const priorityFeePerGas = this.#appraisal.bidPerGas(call, afterGasE8, this.#rules.bidShareBps, now)
    return { call, ref, priorityFeePerGas }
  }

  #best(pool: Address, quotes: readonly LiquidationQuote[], moment: Moment, now: KeeperNow): Weighed | null {
    return quotes
      .map((quote): Weighed => ({ quote, profitE8: this.#resale.profitE8(pool, quote, moment, now) }))
      .reduce<Weighed | null>(
        (most, each) => (most === null || each.profitE8 > most.profitE8 ? each : most),
        null,
      )
  }

  /** Asks for what money elsewhere could bring here in time, if the order's price leaves a profit. */
  #borrowFar(
    pool: Address,
    borrower: Address,
    { quote, profitE8 }: Weighed,
    moment: Moment,
    now: KeeperNow,
  ): void {
    const { debt: token, debtRepaid } = quote
    const amount = debtRepaid + (debtRepaid * INTEREST_BPS) / BPS - this.#capital.free(token)
    const feeE8 = (this.#appraisal.valueE8({ pool, token, amount }, moment, now) * this.#far.feeBps) / BPS
    const gasE8 = this.#appraisal.gasE8([liquidationCall(pool, borrower, quote)], now)
    if (profitE8 - feeE8 - gasE8 < this.#rules.minProfitE8) this.declined++
    else this.#far.want({ token, amount })
  }

  /** Parts of its capital that it tries: where it moves the price that it sells at, less may bring more. */
  #sizes(): readonly bigint[] {
    return this.#rules.sellsOn.length === 0 ? [1n] : [1n, 2n, 4n, 8n, 16n, 32n]
  }
}

function isAny(all: Iterable<unknown>): boolean {
  for (const _ of all) return true
  return false
}
