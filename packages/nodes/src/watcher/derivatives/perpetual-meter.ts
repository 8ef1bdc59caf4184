// What a watcher measures of a clearing house of perpetual futures: trades, funding, liquidations and who paid for them. Base units.
import { type ChainId, maxBig } from '@solvent/primitives'
import type { Block, PerpetualEvent, PerpetualFill, PerpetualSpec } from '@solvent/protocol'
import { ContractHistory } from './contract-history.ts'

export interface PerpetualOutcome {
  readonly id: string
  readonly chainId: ChainId
  /** Trades, and orders that met another. */
  readonly trades: number
  /** Cash of all trades, either way. */
  readonly volume: bigint
  readonly liquidations: number
  /** Waiting orders that liquidations took from. */
  readonly liquidationFills: number
  /** Positions of others that were closed against a liquidated one. */
  readonly deleveragings: number
  readonly fundingPayments: number
  /** The last rate of an interval, wad; null before the first. */
  readonly lastFundingE18: bigint | null
  /** The highest initial margin that a market has asked for, basis points. */
  readonly highestMarginBps: bigint
  readonly fundAtStart: bigint
  /** After the last liquidation; at the start when there was none. */
  readonly fundAfterLiquidation: bigint
  /** Losses that nobody has paid. */
  readonly badDebt: bigint
  /** To those who liquidated. */
  readonly rewards: bigint
}

export class PerpetualMeter {
  readonly #spec: PerpetualSpec
  readonly #history = new ContractHistory<PerpetualEvent>()

  constructor(spec: PerpetualSpec) {
    this.#spec = spec
  }

  followed(block: Block): void {
    if (block.header.chainId !== this.#spec.chainId) return
    for (const { events } of block.receipts)
      for (const event of events)
        if ('house' in event && event.house === this.#spec.address) this.#history.note(block, event)
  }

  orphaned(block: Block): void {
    this.#history.orphaned(block)
  }

  outcome(): PerpetualOutcome {
    const facts = this.#history.facts()
    const trades = facts.filter((each) => each.kind === 'perpetual-traded')
    const orders = facts
      .filter((each) => each.kind === 'perpetual-order-placed')
      .filter(({ fills }) => fills.length > 0)
    const funding = facts.filter((each) => each.kind === 'funding-paid')
    const liquidations = facts.filter((each) => each.kind === 'perpetual-liquidated')
    const last = liquidations.at(-1)
    return {
      id: this.#spec.name,
      chainId: this.#spec.chainId,
      trades: trades.length + orders.length,
      volume:
        trades.reduce((sum, { cash }) => sum + (cash < 0n ? -cash : cash), 0n) +
        orders.reduce((sum, { market, fills }) => sum + this.#worth(market, fills), 0n),
      liquidations: liquidations.length,
      liquidationFills: liquidations.reduce(
        (sum, { fills, lateFills }) => sum + fills.length + lateFills.length,
        0,
      ),
      deleveragings: liquidations.reduce((sum, { deleveraged }) => sum + deleveraged.length, 0),
      fundingPayments: funding.length,
      lastFundingE18: funding.at(-1)?.rateE18 ?? null,
      highestMarginBps: [...this.#spec.markets, ...funding].reduce(
        (highest, { initialMarginBps }) => maxBig(highest, initialMarginBps),
        0n,
      ),
      fundAtStart: this.#spec.fund,
      fundAfterLiquidation: last?.fund ?? this.#spec.fund,
      badDebt: last?.badDebt ?? 0n,
      rewards: liquidations.reduce((sum, { reward }) => sum + reward, 0n),
    }
  }

  #worth(name: string, fills: readonly PerpetualFill[]): bigint {
    const venue = this.#spec.markets.find((market) => market.name === name)?.venue
    const tickCash = venue?.kind === 'order-book' ? venue.tickCash : 0n
    return fills.reduce((sum, { lots, priceTicks }) => sum + lots * BigInt(priceTicks) * tickCash, 0n)
  }
}
