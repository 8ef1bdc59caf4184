// What an arbitrageur does where a stablecoin trades below its peg: buys it, burns it at its contract for freshly minted token, and sells
// the token, all on one chain and in this order. That is what holds the peg of such a coin, and what takes the token down with it when
// many leave. Only this way: who buys the token first moves the price at which the contract then takes it.
import { type Address, type ChainId, minBig } from '@solvent/primitives'
import { type Call, type PriceBook, priceAt, type TokenSpec, valueE8 } from '@solvent/protocol'
import { type MarketMirror, type StablecoinMirror, tokenSpotE8 } from '@solvent/settlement'
import type { DeskView } from './arbitrage-desk.ts'
import { peakOf } from './peak.ts'

export interface PegTrade {
  readonly chainId: ChainId
  /** To be sent in this order; each with the contract that it calls. */
  readonly steps: readonly { readonly contract: Address; readonly call: Call }[]
  readonly profitE8: bigint
}

export interface PegDeskView extends DeskView {
  /** Number of the block that a transaction sent now would be in. */
  nextBlock(chainId: ChainId): number
  readonly recipient: Address
  /** Unix seconds after which the trade is pointless. */
  readonly deadline: number
}

/** One stablecoin, a market where it trades for dollars, and the market of its token for the same dollars. */
interface Round {
  readonly coin: StablecoinMirror
  readonly stableMarket: MarketMirror
  readonly tokenMarket: MarketMirror
  readonly dollar: TokenSpec
}

interface Route {
  readonly stable: bigint
  readonly token: bigint
  readonly dollars: bigint
}

export class PegDesk {
  readonly #rounds: readonly Round[]
  readonly #prices: PriceBook
  readonly #minProfitE8: bigint

  constructor(
    coins: readonly StablecoinMirror[],
    mirrors: readonly MarketMirror[],
    tokens: readonly TokenSpec[],
    { prices, minProfitE8 }: { readonly prices: PriceBook; readonly minProfitE8: bigint },
  ) {
    this.#rounds = coins.flatMap((coin) => roundsOf(coin, mirrors, tokens))
    this.#prices = prices
    this.#minProfitE8 = minProfitE8
  }

  /** The round that pays most right now, or null. Gas is left out: three calls against what a peg is worth trading for. */
  best(view: PegDeskView, elapsedMs: number): PegTrade | null {
    return this.#rounds.reduce<PegTrade | null>((best, round) => {
      const found = this.#trade(round, view, elapsedMs)
      return found !== null && (best === null || found.profitE8 > best.profitE8) ? found : best
    }, null)
  }

  #trade(round: Round, view: PegDeskView, elapsedMs: number): PegTrade | null {
    const { coin, stableMarket, tokenMarket, dollar } = round
    const { chainId } = coin.spec
    const contracts = [stableMarket.spec.address, coin.spec.address, tokenMarket.spec.address]
    if (contracts.some((contract) => view.isBusy(contract))) return null
    const block = view.nextBlock(chainId)
    const most = minBig(
      view.held(chainId, dollar.address),
      stableMarket.capacity(sideOf(stableMarket, dollar.address)),
    )
    const spent = peakOf((amount) => routeOf(round, amount, block).dollars - amount, most)
    const { stable, token, dollars } = routeOf(round, spent, block)
    const profit = dollars - spent
    if (profit <= 0n) return null
    const price = priceAt(this.#prices, dollar.symbol, elapsedMs)
    const profitE8 = valueE8(profit, dollar.decimals, price)
    if (profitE8 <= this.#minProfitE8) return null
    const { recipient, deadline } = view
    const swap = { kind: 'swap', recipient, deadline } as const
    const [bought, minted, sold] = contracts as [Address, Address, Address]
    return {
      chainId,
      profitE8,
      steps: [
        {
          contract: bought,
          call: { ...swap, market: bought, tokenIn: dollar.address, amountIn: spent, minAmountOut: stable },
        },
        {
          contract: minted,
          call: {
            kind: 'exchange-stablecoin',
            stablecoin: minted,
            direction: 'redeem',
            amount: stable,
            minAmountOut: token,
          },
        },
        // It may come out worse by half of the profit.
        {
          contract: sold,
          call: {
            ...swap,
            market: sold,
            tokenIn: coin.spec.token,
            amountIn: token,
            minAmountOut: dollars - profit / 2n,
          },
        },
      ],
    }
  }
}

/** What so many dollars become on the way round. */
function routeOf({ coin, stableMarket, tokenMarket, dollar }: Round, dollars: bigint, block: number): Route {
  const stable = sale(stableMarket, dollar.address, dollars)
  const { price } = coin.spec
  const spot = price.kind === 'market' ? tokenSpotE8(tokenMarket, price, coin.spec) : null
  const token = stable === 0n ? 0n : coin.redeemed(stable, block, spot)
  return { stable, token, dollars: sale(tokenMarket, coin.spec.token, token) }
}

function sale(market: MarketMirror, tokenIn: Address, amountIn: bigint): bigint {
  return amountIn <= 0n ? 0n : market.quote(sideOf(market, tokenIn), amountIn)
}

function sideOf({ spec }: MarketMirror, tokenIn: Address): 'sell-0' | 'sell-1' {
  return tokenIn === spec.token0 ? 'sell-0' : 'sell-1'
}

function roundsOf(
  coin: StablecoinMirror,
  mirrors: readonly MarketMirror[],
  tokens: readonly TokenSpec[],
): Round[] {
  const { price, stable, chainId } = coin.spec
  if (price.kind !== 'market') return []
  const tokenMarket = mirrors.find(({ spec }) => spec.address === price.market)
  const dollar = tokens.find((token) => token.chainId === chainId && token.address === price.quote)
  if (tokenMarket === undefined || dollar === undefined) return []
  return mirrors
    .filter(({ spec }) => spec.chainId === chainId && isPairOf(spec, stable, dollar.address))
    .map((stableMarket) => ({ coin, stableMarket, tokenMarket, dollar }))
}

function isPairOf({ token0, token1 }: MarketMirror['spec'], one: Address, other: Address): boolean {
  return (token0 === one && token1 === other) || (token0 === other && token1 === one)
}
