// Which liquidations pay. Profit = what the collateral sells for, less the debt that is repaid, less gas at the base fee; a share
// of it is bid as the priority fee, since the first of several keepers in a block takes it all and the others pay gas for nothing.
// Sources: Qin et al. 2021 (arXiv 2106.06389), the gas competition of liquidators; Daian et al. 2020 (priority gas auctions).
import type { Address } from '@solvent/primitives'
import { BPS, maxBig, ZERO_ADDRESS } from '@solvent/primitives'
import {
  type Call,
  type ChainSpec,
  type LendingReserveSpec,
  type NetworkSpec,
  type PriceBook,
  priceAt,
  type Receipt,
  valueE8,
} from '@solvent/protocol'
import {
  type CreditView,
  gasOfCall,
  type LiquidationQuote,
  type Moment,
  quoteLiquidations,
} from '@solvent/settlement'
import type { HaltWatch } from '../parts/halt-watch.ts'
import type { KeeperPurse } from './keeper-purse.ts'

export interface KeeperRules {
  /** Numeraire, eight decimals: what must be left after gas and the bid. */
  readonly minProfitE8: bigint
  /** What selling the collateral costs, basis points of its value. */
  readonly slippageBps: number
  /** Of the expected profit, as the priority fee. */
  readonly bidShareBps: number
}

export interface DeskInit {
  readonly spec: NetworkSpec
  readonly chain: ChainSpec
  readonly prices: PriceBook
  readonly rules: KeeperRules
  readonly halts: HaltWatch
  readonly self: Address
}

export interface LiquidationOffer {
  readonly call: Call
  readonly ref: string
  readonly priorityFeePerGas: bigint
}

interface Now {
  /** Timestamp of the block that it aims at. */
  readonly atSeconds: number
  readonly elapsedMs: number
  readonly baseFee: bigint
}

interface Weighed {
  readonly quote: LiquidationQuote
  readonly profitE8: bigint
}

const GAS_DECIMALS = 18
const ONE_GAS_TOKEN = 10n ** 18n

export class LiquidationDesk {
  readonly #init: DeskInit
  readonly #view: CreditView
  readonly #purse: KeeperPurse
  readonly #reserves = new Map<string, LendingReserveSpec>()
  readonly #gasSymbol: string
  /** Attempts by pool and borrower, and what each that is under way ties up. */
  readonly #attempts = new Map<string, number>()
  readonly #underWay = new Map<
    string,
    { readonly key: string; readonly debt: Address; readonly amount: bigint }
  >()
  won = 0
  lost = 0
  declined = 0

  constructor(init: DeskInit, view: CreditView, purse: KeeperPurse) {
    this.#init = init
    this.#view = view
    this.#purse = purse
    for (const { address, reserves } of init.spec.lendingPools)
      for (const reserve of reserves) this.#reserves.set(`${address}/${reserve.token}`, reserve)
    const gas = init.spec.tokens.find(
      ({ chainId, address }) => chainId === init.chain.chainId && address === ZERO_ADDRESS,
    )
    if (gas === undefined) throw new Error(`Chain ${init.chain.name} has no gas token.`)
    this.#gasSymbol = gas.symbol
  }

  /** What is worth sending now; each counts as under way from here on. */
  offers(now: Now): LiquidationOffer[] {
    const offers: LiquidationOffer[] = []
    for (const pool of this.#view.lending.keys()) {
      if (this.#init.halts.isHalted(pool, 'liquidate', now.atSeconds)) continue
      const moment = this.#view.momentOf(pool, now.atSeconds)
      for (const borrower of [...this.#view.atRisk(pool, now.atSeconds)]) {
        const offer = this.#offer(pool, borrower as Address, moment, now)
        if (offer !== null) offers.push(offer)
      }
    }
    return offers
  }

  /** A transaction is in a block. */
  ended(ref: string, status: Receipt['status']): void {
    if (!this.#underWay.delete(ref)) return
    if (status === 'ok') this.won++
    else this.lost++
  }

  #offer(pool: Address, borrower: Address, moment: Moment, now: Now): LiquidationOffer | null {
    const { self, rules } = this.#init
    const key = `${pool}/${borrower}`
    if (borrower === self || [...this.#underWay.values()].some((each) => each.key === key)) return null
    const best = quoteLiquidations(
      this.#view,
      { pool, borrower, moment },
      { liquidator: self, capitalOf: (token) => this.#purse.of(token) - this.#tiedUp(token) },
    )
      .map((quote): Weighed => ({ quote, profitE8: this.#profitE8(pool, quote, moment, now) }))
      .reduce<Weighed | null>(
        (most, each) => (most === null || each.profitE8 > most.profitE8 ? each : most),
        null,
      )
    if (best === null) return null
    const { collateral, debt, debtToCover, debtRepaid } = best.quote
    const call: Call = {
      kind: 'liquidate',
      pool,
      borrower,
      collateral,
      debt,
      debtToCover,
      receive: 'underlying',
    }
    const gas = BigInt(gasOfCall(call))
    const gasPriceE8 = priceAt(this.#init.prices, this.#gasSymbol, now.elapsedMs)
    const afterGasE8 = best.profitE8 - valueE8(gas * now.baseFee, GAS_DECIMALS, gasPriceE8)
    const bidE8 = (maxBig(afterGasE8, 0n) * BigInt(rules.bidShareBps)) / BPS
    if (afterGasE8 - bidE8 < rules.minProfitE8) {
      this.declined++
      return null
    }
    const attempt = (this.#attempts.get(key) ?? 0) + 1
    this.#attempts.set(key, attempt)
    const ref = `liquidate/${key}/${attempt}`
    this.#underWay.set(ref, { key, debt, amount: debtRepaid })
    const bidWei = gasPriceE8 === 0n ? 0n : (bidE8 * ONE_GAS_TOKEN) / gasPriceE8
    return { call, ref, priorityFeePerGas: bidWei / gas }
  }

  /** Before gas. The world outside buys the collateral and sells the debt; what it does not know is worth what the pool believes. */
  #profitE8(pool: Address, quote: LiquidationQuote, moment: Moment, now: Now): bigint {
    const value = (token: Address, amount: bigint): bigint => {
      const reserve = this.#reserves.get(`${pool}/${token}`)
      if (reserve === undefined) return 0n
      const isKnown = this.#init.prices.some(({ symbol }) => symbol === reserve.symbol)
      const priceE8 = isKnown
        ? priceAt(this.#init.prices, reserve.symbol, now.elapsedMs)
        : (moment.priceOf(token) ?? 0n)
      return valueE8(amount, reserve.terms.decimals, priceE8)
    }
    const sold = (value(quote.collateral, quote.seized) * (BPS - BigInt(this.#init.rules.slippageBps))) / BPS
    return sold - value(quote.debt, quote.debtRepaid)
  }

  #tiedUp(token: Address): bigint {
    let sum = 0n
    for (const { debt, amount } of this.#underWay.values()) if (debt === token) sum += amount
    return sum
  }
}
