// What seized collateral brings a keeper, and the sales themselves. On the markets that it sells on: what they pay for all of it, so
// that slippage is in its threshold; elsewhere the price outside less the slippage that its rules state.
import type { Address } from '@solvent/primitives'
import { BPS } from '@solvent/primitives'
import type { Call } from '@solvent/protocol'
import { gasOf, type LiquidationQuote, type Moment } from '@solvent/settlement'
import type { HaltWatch } from '../parts/halt-watch.ts'
import type { Appraisal, KeeperNow } from './appraisal.ts'
import type { KeeperRules } from './keeper-rules.ts'
import type { LiquidationOffer } from './liquidation-offer.ts'
import type { MarketOutlet } from './market-outlet.ts'
import type { WorkingCapital } from './working-capital.ts'

export interface Lot {
  readonly pool: Address
  readonly collateral: Address
  readonly debt: Address
  readonly amount: bigint
}

/** A sale may come out worse by so much: others trade in the same block. */
const TOLERANCE_BPS = 200n
/** The latest that a call can say. */
const NEVER = 2 ** 32 - 1
/** Of the gas token so many swaps' worth at the base fee is no stock. */
const GAS_RESERVE = 200n

export class Resale {
  readonly #self: Address
  readonly #rules: KeeperRules
  readonly #outlet: MarketOutlet
  readonly #appraisal: Appraisal
  readonly #capital: WorkingCapital
  readonly #halts: HaltWatch

  constructor(
    self: Address,
    rules: KeeperRules,
    parts: {
      readonly outlet: MarketOutlet
      readonly appraisal: Appraisal
      readonly capital: WorkingCapital
      readonly halts: HaltWatch
    },
  ) {
    this.#self = self
    this.#rules = rules
    this.#outlet = parts.outlet
    this.#appraisal = parts.appraisal
    this.#capital = parts.capital
    this.#halts = parts.halts
  }

  /** Numeraire with eight decimals: what a lot sells for. */
  proceedsE8({ pool, collateral, debt, amount }: Lot, moment: Moment, now: KeeperNow): bigint {
    const sale = this.#outlet.best(collateral, debt, amount)
    if (sale !== null)
      return this.#appraisal.valueE8({ pool, token: debt, amount: sale.amountOut }, moment, now)
    const outside = this.#appraisal.valueE8({ pool, token: collateral, amount }, moment, now)
    return (outside * (BPS - BigInt(this.#rules.slippageBps))) / BPS
  }

  /** Of a liquidation before gas: the collateral is sold and the debt bought. */
  profitE8(pool: Address, quote: LiquidationQuote, moment: Moment, now: KeeperNow): bigint {
    const { collateral, debt, seized, debtRepaid } = quote
    const sold = this.proceedsE8({ pool, collateral, debt, amount: seized }, moment, now)
    return sold - this.#appraisal.valueE8({ pool, token: debt, amount: debtRepaid }, moment, now)
  }

  /** Sells what it has of a collateral beyond what it began with, each on the market that pays most in the debt's coin. */
  offers(
    pairs: readonly { readonly collateral: Address; readonly debt: Address }[],
    { baseFee, atSeconds }: KeeperNow,
  ): LiquidationOffer[] {
    const offers: LiquidationOffer[] = []
    for (const { collateral, debt } of pairs) {
      const key = `sell/${collateral}`
      if (this.#capital.isBusy(key)) continue
      const reserve = BigInt(collateral) === 0n ? GAS_RESERVE * BigInt(gasOf('swap')) * baseFee : 0n
      const stock = this.#capital.gained(collateral) - reserve
      const sale = stock <= 0n ? null : this.#outlet.best(collateral, debt, stock)
      if (sale === null || this.#halts.isHalted(sale.market, 'swap', atSeconds)) continue
      const call: Call = {
        kind: 'swap',
        market: sale.market,
        tokenIn: collateral,
        amountIn: stock,
        minAmountOut: (sale.amountOut * (BPS - TOLERANCE_BPS)) / BPS,
        recipient: this.#self,
        deadline: NEVER,
      }
      offers.push({ call, ref: this.#capital.begin(key, collateral, stock), priorityFeePerGas: undefined })
    }
    return offers
  }
}
