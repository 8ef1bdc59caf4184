// What a step of a way takes and pays, as of the newest followed blocks: a market by its mirror, money elsewhere while it is free, a bridge what is left
// after its fee, and nothing where it is paused, asks too much or takes too long.
import { assertNever, BPS, type ChainId, minBig, wholeUnit } from '@solvent/primitives'
import type { SaleQuote } from '@solvent/settlement'
import type { BackingMonitor } from '../backing-monitor.ts'
import { estimateCrossing } from '../crossing-estimate.ts'
import type { Inventory } from '../inventory.ts'
import type { NetworkFacts } from '../network-facts.ts'
import type { PoolMonitor } from '../pool-monitor.ts'
import type { SourcingRule } from './sourcing-rule.ts'
import type { Crossing, Step, TokenAt } from './step.ts'

/** What ways across chains depend on. */
export interface StepBooks {
  readonly facts: NetworkFacts
  readonly inventory: Inventory
  readonly monitor: BackingMonitor
  readonly pools: PoolMonitor
  nowSeconds(): number
  isReady(chainId: ChainId): boolean
}

const NOTHING: SaleQuote = { amountIn: 0n, amountOut: 0n }

export class StepQuotes {
  readonly #books: StepBooks
  readonly #rule: Pick<SourcingRule, 'maxFeeBps' | 'maxWaitSeconds'>

  constructor(rule: SourcingRule, books: StepBooks) {
    this.#books = books
    this.#rule = rule
  }

  quote(step: Step, amountIn: bigint): SaleQuote {
    switch (step.kind) {
      case 'sale':
        return step.mirror.sale(step.side, amountIn)
      case 'stock': {
        const { here, there } = step
        const taken = minBig(amountIn, this.rescaled(this.#free(there), there, here))
        return { amountIn: taken, amountOut: this.rescaled(taken, here, there) }
      }
      case 'crossing':
        return this.#cross(step, amountIn)
      default:
        return assertNever(step)
    }
  }

  /** As many whole units of the same asset elsewhere, rounded down. */
  rescaled(amount: bigint, from: TokenAt, to: TokenAt): bigint {
    return (amount * this.#unit(to)) / this.#unit(from)
  }

  #cross({ bridge, from, to }: Crossing, amountIn: bigint): SaleQuote {
    const { facts, pools, monitor, nowSeconds } = this.#books
    if (monitor.isPaused(bridge.address, nowSeconds())) return NOTHING
    const arriving = this.rescaled(amountIn, from, to)
    const { feeBps, waitSeconds } = estimateCrossing(
      { bridge, from: from.chainId, to, amount: arriving },
      facts,
      pools,
    )
    const { maxFeeBps, maxWaitSeconds } = this.#rule
    if (waitSeconds === null || waitSeconds > maxWaitSeconds || feeBps > maxFeeBps) return NOTHING
    return { amountIn, amountOut: (arriving * (BPS - BigInt(feeBps))) / BPS }
  }

  #free({ chainId, token }: TokenAt): bigint {
    const { inventory, isReady } = this.#books
    return isReady(chainId) ? inventory.free(chainId, token) : 0n
  }

  #unit({ chainId, token }: TokenAt): bigint {
    return wholeUnit(this.#books.facts.token(chainId, token)?.decimals ?? 0)
  }
}
