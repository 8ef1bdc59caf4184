// What a watcher measures of a clearing house of perpetual futures: trades, funding, liquidations and who paid for them. Base units.
import { type ChainId, maxBig } from '@solvent/primitives'
import type { Block, PerpetualEvent, PerpetualSpec } from '@solvent/protocol'
import { ContractHistory } from './contract-history.ts'

export interface PerpetualOutcome {
  readonly id: string
  readonly chainId: ChainId
  readonly trades: number
  /** Cash of all trades, either way. */
  readonly volume: bigint
  readonly liquidations: number
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
    const funding = facts.filter((each) => each.kind === 'funding-paid')
    const liquidations = facts.filter((each) => each.kind === 'perpetual-liquidated')
    const last = liquidations.at(-1)
    return {
      id: this.#spec.name,
      chainId: this.#spec.chainId,
      trades: trades.length,
      volume: trades.reduce((sum, { cash }) => sum + (cash < 0n ? -cash : cash), 0n),
      liquidations: liquidations.length,
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
}
