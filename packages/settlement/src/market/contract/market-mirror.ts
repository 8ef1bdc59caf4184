// A market as whoever follows its chain knows it: the contract's own machine, kept in step by the events of followed blocks, so
// that a trade can be tried before it is sent. A block that is no longer followed is taken back.
import type { Address } from '@solvent/primitives'
import {
  type Block,
  type ChainEvent,
  type Genesis,
  type MarketSpec,
  marketShareToken,
} from '@solvent/protocol'
import { KeptBlocks } from '../../ledger/kept-blocks.ts'
import { UndoLog } from '../../ledger/undo-log.ts'
import { settlementRules } from '../../settlement-rules.ts'
import type { Range } from '../concentrated/concentrated-pool.ts'
import type { SwapSide } from '../constant-product/sell.ts'
import type { SaleQuote } from '../routing/split-sale.ts'
import type { BookContract } from './book-contract.ts'
import { createMarket, type MarketContract } from './create-market.ts'
import type { MarketPrice, PoolHoldings } from './market-contract.ts'

type Provision = Extract<
  ChainEvent,
  {
    kind:
      | 'liquidity-added'
      | 'liquidity-removed'
      | 'range-minted'
      | 'range-burned'
      | 'limit-order-placed'
      | 'limit-order-withdrawn'
  }
>

export class MarketMirror {
  readonly spec: MarketSpec
  readonly #log = new UndoLog()
  readonly #contract: MarketContract
  readonly #kept = new KeptBlocks(this.#log)

  constructor(spec: MarketSpec, genesis: readonly Genesis[]) {
    this.spec = spec
    this.#contract = createMarket(this.#log, spec)
    const balances = genesis.find(({ chainId }) => chainId === spec.chainId)?.balances ?? []
    const held = (token: string): bigint =>
      balances.reduce(
        (sum, each) =>
          each.kind === 'POOL' && each.owner === spec.address && each.token === token
            ? sum + each.amount
            : sum,
        0n,
      )
    const shareToken = marketShareToken(spec)
    this.#contract.open({
      reserve0: held(spec.token0),
      reserve1: held(spec.token1),
      shares: balances.reduce((sum, { token, amount }) => (token === shareToken ? sum + amount : sum), 0n),
    })
    this.#log.seal()
  }

  price(): MarketPrice {
    return this.#contract.price()
  }

  /** More than this is never worth selling here. */
  capacity(side: SwapSide): bigint {
    return this.#contract.capacity(side)
  }

  /** Of a pool with shares: reserves, and how many shares there are; null for others. */
  holdings(): PoolHoldings | null {
    return this.#contract.kind === 'shares' ? this.#contract.holdings() : null
  }

  /** Of a pool of ranges: root of the price, times 2^96; 0 for others. */
  root(): bigint {
    return this.#contract.kind === 'ranges' ? this.#contract.root() : 0n
  }

  /** Of a pool of ranges: what somebody has between two ticks; 0 for others. */
  liquidityOf(range: Range): bigint {
    return this.#contract.kind === 'ranges' ? this.#contract.liquidityOf(range) : 0n
  }

  /** In a book: the orders of an owner that rest, oldest first. */
  restingOf(owner: Address): ReturnType<BookContract['restingOf']> {
    return this.#contract.kind === 'book' ? this.#contract.restingOf(owner) : []
  }

  /** What a sale would pay as of the newest followed block; 0 when the market would refuse it. */
  quote(side: SwapSide, amountIn: bigint): bigint {
    const mark = this.#log.mark()
    const swapped = this.#contract.swap({ side, amountIn, nowSeconds: 0, rules: settlementRules })
    this.#log.rollback(mark)
    return swapped.status === 'ok' ? swapped.amountOut : 0n
  }

  /** The price after sales, one after the other; null when the market would refuse one. */
  priceAfter(side: SwapSide, amounts: readonly bigint[]): MarketPrice | null {
    const mark = this.#log.mark()
    const isSold = amounts.every((amountIn) => {
      const sale = { side, amountIn, nowSeconds: 0, rules: settlementRules }
      return this.#contract.swap(sale).status === 'ok'
    })
    const price = isSold ? this.#contract.price() : null
    this.#log.rollback(mark)
    return price
  }

  /** What a sale would take and pay as of then: of a book all but what is less than a lot; nothing when it would be refused. */
  sale(side: SwapSide, amountIn: bigint): SaleQuote {
    const amountOut = this.quote(side, amountIn)
    if (amountOut === 0n) return { amountIn: 0n, amountOut }
    if (this.#contract.kind !== 'book') return { amountIn, amountOut }
    const mark = this.#log.mark()
    const swept = this.#contract.sweep(side, amountIn, settlementRules)
    this.#log.rollback(mark)
    return { amountIn: swept.status === 'ok' ? swept.amountIn : 0n, amountOut }
  }

  followed({ header: { chainId, timestamp }, hash, receipts }: Block): void {
    if (chainId !== this.spec.chainId) return
    for (const { events } of receipts) for (const event of events) this.#play(event, timestamp)
    this.#kept.followed(hash, null)
  }

  orphaned({ hash }: Block): void {
    this.#kept.orphaned(hash)
  }

  #play(event: ChainEvent, nowSeconds: number): void {
    switch (event.kind) {
      case 'swapped': {
        if (event.market !== this.spec.address) return
        const side = event.tokenIn === this.spec.token0 ? 'sell-0' : 'sell-1'
        this.#contract.swap({ side, amountIn: event.amountIn, nowSeconds, rules: settlementRules })
        return
      }
      case 'liquidity-added':
      case 'liquidity-removed':
      case 'range-minted':
      case 'range-burned':
      case 'limit-order-placed':
      case 'limit-order-withdrawn':
        if (event.market === this.spec.address) this.#provide(event, nowSeconds)
        return
    }
  }

  #provide(event: Provision, nowSeconds: number): void {
    const contract = this.#contract
    switch (event.kind) {
      case 'liquidity-added':
        if (contract.kind === 'shares') contract.add({ ...event, nowSeconds })
        return
      case 'liquidity-removed':
        if (contract.kind === 'shares') contract.remove(event.shares, nowSeconds)
        return
      case 'limit-order-placed':
        if (contract.kind === 'book') contract.place(event.owner, event, settlementRules)
        return
      case 'limit-order-withdrawn':
        if (contract.kind === 'book') contract.withdraw(event.limitId, event.owner)
        return
      case 'range-minted':
        if (contract.kind === 'ranges') contract.mint(event, event)
        return
      case 'range-burned':
        if (contract.kind === 'ranges') contract.burn(event, event.liquidity, settlementRules)
        return
    }
  }
}
