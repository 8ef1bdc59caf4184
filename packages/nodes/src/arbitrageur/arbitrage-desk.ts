// Which trade between two markets of one pair of assets pays most: buys where the first asset is cheap, sells as much where it
// is dear, of what the arbitrageur has on either side. Profit = what comes out less what goes in, less gas. The best amount is
// where the prices after both trades differ by no more than the fees; found by search, so that any design of market will do.
// Source: Angeris et al. 2019, An analysis of Uniswap markets (optimal arbitrage is a concave problem).
import { type Address, type ChainId, minBig } from '@solvent/primitives'
import { type NetworkSpec, type PriceBook, priceAt, type TokenSpec, valueE8 } from '@solvent/protocol'
import { gasOf, type MarketMirror } from '@solvent/settlement'
import { peakOf } from './peak.ts'

export interface ArbitrageRules {
  /** Numeraire, eight decimals: what must be left after gas and the bid. */
  readonly minProfitE8: bigint
  /** Of the expected profit, offered to producers as the priority fee. */
  readonly bidShareBps: number
}

export interface Leg {
  readonly market: Address
  readonly chainId: ChainId
  readonly tokenIn: Address
  readonly amountIn: bigint
  readonly amountOut: bigint
}

export interface Arbitrage {
  readonly buy: Leg
  readonly sell: Leg
  /** In units of the asset that is paid with. */
  readonly profit: bigint
  readonly profitE8: bigint
}

/** One market, seen as a place where a first asset is traded for a second, whichever of its tokens is which. */
interface Venue {
  readonly mirror: MarketMirror
  readonly base: TokenSpec
  readonly quote: TokenSpec
}

export interface DeskView {
  /** What may be spent of a token. */
  held(chainId: ChainId, token: Address): bigint
  /** Wei per gas in the next block. */
  baseFee(chainId: ChainId): bigint
  isBusy(market: Address): boolean
}

const GAS_DECIMALS = 18

export class ArbitrageDesk {
  readonly #spec: NetworkSpec
  readonly #prices: PriceBook
  readonly #rules: ArbitrageRules
  readonly #groups: readonly (readonly Venue[])[]

  constructor(spec: NetworkSpec, mirrors: readonly MarketMirror[], prices: PriceBook, rules: ArbitrageRules) {
    this.#spec = spec
    this.#prices = prices
    this.#rules = rules
    this.#groups = groupsOf(spec, mirrors)
  }

  /** The trade that pays most right now, or null. */
  best(view: DeskView, elapsedMs: number): Arbitrage | null {
    let best: Arbitrage | null = null
    for (const venues of this.#groups)
      for (const cheap of venues)
        for (const dear of venues) {
          if (
            cheap === dear ||
            view.isBusy(cheap.mirror.spec.address) ||
            view.isBusy(dear.mirror.spec.address)
          )
            continue
          const found = this.#between(cheap, dear, view, elapsedMs)
          if (found !== null && (best === null || found.profitE8 > best.profitE8)) best = found
        }
    return best
  }

  #between(cheap: Venue, dear: Venue, view: DeskView, elapsedMs: number): Arbitrage | null {
    const { chainId } = cheap.mirror.spec
    if (!isDearer(dear, cheap)) return null
    const most = this.#mostToSpend(cheap, dear, view)
    const gain = (spent: bigint): bigint => sale(dear, sale(cheap, spent, 'quote'), 'base') - spent
    const spent = peakOf(gain, most)
    if (spent <= 0n) return null
    const bought = sale(cheap, spent, 'quote')
    const got = sale(dear, bought, 'base')
    const profit = got - spent
    if (profit <= 0n) return null
    const profitE8 =
      this.#valueE8(cheap.quote, profit, elapsedMs) - this.#gasE8([cheap, dear], view, elapsedMs)
    if (profitE8 <= this.#rules.minProfitE8) return null
    return {
      buy: {
        market: cheap.mirror.spec.address,
        chainId,
        tokenIn: cheap.quote.address,
        amountIn: spent,
        amountOut: bought,
      },
      sell: {
        market: dear.mirror.spec.address,
        chainId: dear.mirror.spec.chainId,
        tokenIn: dear.base.address,
        amountIn: bought,
        amountOut: got,
      },
      profit,
      profitE8,
    }
  }

  /** All of the asset to pay with; on another chain only what buys as much as there is to sell there. */
  #mostToSpend(cheap: Venue, dear: Venue, view: DeskView): bigint {
    const here = cheap.mirror.spec.chainId
    const there = dear.mirror.spec.chainId
    const purse = minBig(view.held(here, cheap.quote.address), capacityOf(cheap))
    if (here === there) return purse
    const stock = view.held(there, dear.base.address)
    if (sale(cheap, purse, 'quote') <= stock) return purse
    let [low, high] = [0n, purse]
    while (low < high) {
      const middle = (low + high + 1n) / 2n
      if (sale(cheap, middle, 'quote') <= stock) low = middle
      else high = middle - 1n
    }
    return low
  }

  #valueE8({ symbol, decimals }: TokenSpec, amount: bigint, elapsedMs: number): bigint {
    return valueE8(amount, decimals, priceAt(this.#prices, symbol, elapsedMs))
  }

  #gasE8(venues: readonly Venue[], view: DeskView, elapsedMs: number): bigint {
    const symbol = this.#spec.tokens.find(({ address }) => BigInt(address) === 0n)?.symbol
    if (symbol === undefined) return 0n
    const price = priceAt(this.#prices, symbol, elapsedMs)
    return venues.reduce((sum, { mirror }) => {
      const wei = BigInt(gasOf('swap')) * view.baseFee(mirror.spec.chainId)
      return sum + valueE8(wei, GAS_DECIMALS, price)
    }, 0n)
  }
}

/** Markets of the same two assets; the order of the first decides which is bought. */
function groupsOf(spec: NetworkSpec, mirrors: readonly MarketMirror[]): Venue[][] {
  const groups = new Map<string, Venue[]>()
  for (const mirror of mirrors) {
    const { chainId, token0, token1 } = mirror.spec
    const find = (address: Address) =>
      spec.tokens.find((token) => token.chainId === chainId && token.address === address)
    const [first, second] = [find(token0), find(token1)]
    if (first === undefined || second === undefined) continue
    const key = [first.symbol, second.symbol].sort((a, b) => (a < b ? -1 : 1)).join('/')
    const known = groups.get(key)
    const isTurned = known !== undefined && known[0]!.base.symbol !== first.symbol
    const venue = isTurned ? { mirror, base: second, quote: first } : { mirror, base: first, quote: second }
    groups.set(key, [...(known ?? []), venue])
  }
  return [...groups.values()].filter((venues) => venues.length > 1)
}

/** What a sale of one of the two assets would pay in the other. */
function sale({ mirror, base }: Venue, amountIn: bigint, sold: 'base' | 'quote'): bigint {
  if (amountIn <= 0n) return 0n
  const sellsFirst = (base.address === mirror.spec.token0) === (sold === 'base')
  return mirror.quote(sellsFirst ? 'sell-0' : 'sell-1', amountIn)
}

/** Whether the first asset is worth more in the one market than in the other, fees aside. */
function isDearer(dear: Venue, cheap: Venue): boolean {
  const [a, b] = [ratioOf(dear), ratioOf(cheap)]
  return a.numerator * b.denominator > b.numerator * a.denominator
}

function ratioOf({ mirror, base }: Venue): { readonly numerator: bigint; readonly denominator: bigint } {
  const { priceX96 } = mirror.price()
  const one = 1n << 96n
  return base.address === mirror.spec.token0
    ? { numerator: priceX96, denominator: one }
    : { numerator: one, denominator: priceX96 === 0n ? one : priceX96 }
}

/** The most of the asset to pay with that is ever worth paying into a market. */
function capacityOf({ mirror, quote }: Venue): bigint {
  return mirror.capacity(quote.address === mirror.spec.token0 ? 'sell-0' : 'sell-1')
}
