// Sales by which an actor takes a market's price down: how much that takes is read from the market as it is when the order comes, from
// followed blocks, and after its own sales that are on their way. Who holds less sells what there is.
import { type Address, BPS, type ChainId, minBig } from '@solvent/primitives'
import type { Block, ControlMessage, Genesis, MarketCall, MarketSpec } from '@solvent/protocol'
import { MarketMirror, saleToPrice } from '@solvent/settlement'
import { KeeperPurse } from '../keeper/keeper-purse.ts'

export type PressOrder = Extract<ControlMessage, { kind: 'press-price' }>

export type Pressed =
  | { readonly status: 'sale'; readonly chainId: ChainId; readonly call: MarketCall }
  /** The price is there already. */
  | { readonly status: 'there' }
  | { readonly status: 'refused'; readonly reason: 'unknown-market' | 'market-too-thin' | 'nothing-to-sell' }

interface UnderWay {
  readonly market: Address
  readonly token: Address
  readonly amountIn: bigint
}

/** The last second that 32 bits can say. */
const NEVER = 2 ** 32 - 1

export class SellingPressure {
  readonly #self: Address
  readonly #markets: ReadonlyMap<Address, MarketMirror>
  readonly #purses: ReadonlyMap<number, KeeperPurse>
  readonly #underWay = new Map<string, UnderWay>()
  /** By name of a fall: the price from which it counts, token 0 in token 1, times 2^96. */
  readonly #references = new Map<string, bigint>()

  constructor(self: Address, markets: readonly MarketSpec[], genesis: readonly Genesis[]) {
    this.#self = self
    this.#markets = new Map(markets.map((spec) => [spec.address, new MarketMirror(spec, genesis)]))
    const chains = new Set(markets.map(({ chainId }) => chainId))
    this.#purses = new Map(
      genesis
        .filter(({ chainId }) => chains.has(chainId))
        .map((each) => [each.chainId, new KeeperPurse(self, each)]),
    )
  }

  followed(block: Block): void {
    for (const market of this.#markets.values()) market.followed(block)
    this.#purses.get(block.header.chainId)?.followed(block)
  }

  orphaned(block: Block): void {
    for (const market of this.#markets.values()) market.orphaned(block)
    this.#purses.get(block.header.chainId)?.orphaned(block)
  }

  /** A sale of that name is in a block, or never will be. */
  over(ref: string): void {
    this.#underWay.delete(ref)
  }

  /** @param ref names the sale that may come of it */
  press(order: PressOrder, ref: string): Pressed {
    const { market: address, token, fall, fromBps, toBps } = order
    const market = this.#markets.get(address)
    if (market === undefined || (token !== market.spec.token0 && token !== market.spec.token1))
      return { status: 'refused', reason: 'unknown-market' }
    const side = token === market.spec.token0 ? 'sell-0' : 'sell-1'
    const sales = [...this.#underWay.values()].filter(
      (each) => each.market === address && each.token === token,
    )
    const key = `${fall}/${address}/${token}`
    // After a restart the price of the beginning is where earlier waves should have left it.
    const reference = this.#references.get(key) ?? part(market.price().priceX96, fromBps, BPS, side)
    this.#references.set(key, reference)
    const after = sales.map(({ amountIn }) => amountIn)
    const needed = saleToPrice(market, side, { priceX96: part(reference, BPS, toBps, side), after })
    if (needed === null) return { status: 'refused', reason: 'market-too-thin' }
    if (needed === 0n) return { status: 'there' }
    const amountIn = minBig(needed, this.#free(market.spec.chainId, token))
    if (amountIn <= 0n) return { status: 'refused', reason: 'nothing-to-sell' }
    this.#underWay.set(ref, { market: address, token, amountIn })
    return {
      status: 'sale',
      chainId: market.spec.chainId,
      call: {
        ...{ kind: 'swap', market: address, tokenIn: token, amountIn, minAmountOut: 0n },
        ...{ recipient: this.#self, deadline: NEVER },
      },
    }
  }

  #free(chainId: number, token: Address): bigint {
    let free = this.#purses.get(chainId)?.of(token) ?? 0n
    for (const { market, token: sold, amountIn } of this.#underWay.values())
      if (sold === token && this.#markets.get(market)?.spec.chainId === chainId) free -= amountIn
    return free
  }
}

/** A price of the sold token that has gone from one share of a first price to another, as a price of token 0. */
function part(priceX96: bigint, from: bigint, to: bigint, side: 'sell-0' | 'sell-1'): bigint {
  // Of token 1 the price is the inverse, and what is reached is rounded so that less is not enough.
  return side === 'sell-0' ? (priceX96 * to) / from : (priceX96 * from + to - 1n) / to
}
