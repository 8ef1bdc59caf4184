// What a watcher measures of markets, over the followed blocks: where the price stood, what was traded, what the pool holds.
// Prices are the market's own, of its first token in its second; times are chain time (Unix seconds).
import { type Address, type ChainId, minBig, msToSeconds } from '@solvent/primitives'
import type { Block, Genesis, MarketSpec, NetworkSpec } from '@solvent/protocol'
import { MarketMirror } from '@solvent/settlement'
import type { BlockBook } from './block-book.ts'

export interface MarketOutcome {
  /** The market's name. */
  readonly id: string
  readonly chainId: ChainId
  readonly token0: MarketToken
  readonly token1: MarketToken
  /** Base units of token1 for one of token0, times 2^96: at the start, in the end, at the least and the most. */
  readonly firstX96: bigint
  readonly lastX96: bigint
  readonly lowX96: bigint
  readonly highX96: bigint
  /** The block in which the price was first so low. */
  readonly lowAt: number
  readonly highAt: number
  /** The least price of each calendar day in which it was another one, or with which the run began; days since 1970, UTC. */
  readonly dailyLows: readonly { readonly day: number; readonly lowX96: bigint }[]
  readonly swaps: number
  /** What went in and out of each token. */
  readonly volume0: bigint
  readonly volume1: bigint
  readonly reserve0: bigint
  readonly reserve1: bigint
}

export interface MarketToken {
  readonly symbol: string
  readonly decimals: number
}

/** How a market stood after a change. */
interface Sample {
  /** Of the block, -1 at the start. */
  readonly number: number
  readonly at: number
  readonly priceX96: bigint
  readonly reserve0: bigint
  readonly reserve1: bigint
  /** Up to here. */
  readonly swaps: number
  readonly volume0: bigint
  readonly volume1: bigint
}

const DAY_SECONDS = 86_400

export class MarketMeter implements BlockBook {
  readonly #markets: ReadonlyMap<Address, { readonly spec: MarketSpec; readonly samples: Sample[] }>

  readonly #tokens: NetworkSpec['tokens']

  constructor({ markets, tokens, genesisMs }: NetworkSpec, genesis: readonly Genesis[]) {
    this.#tokens = tokens
    this.#markets = new Map(
      markets.map((spec) => [spec.address, { spec, samples: [opening(spec, genesis, genesisMs)] }]),
    )
  }

  followed({ header: { chainId, number, timestamp: at }, receipts }: Block): void {
    if (this.#markets.size === 0) return
    for (const { events } of receipts) {
      let [swaps, volume0, volume1] = [0, 0n, 0n]
      for (const event of events) {
        if (event.kind === 'limit-order-filled') {
          const design = this.#of(chainId, event.market)?.spec.design
          if (design?.kind !== 'order-book') continue
          swaps += 1
          volume0 += event.lots * design.lotSize
          volume1 += event.lots * BigInt(event.priceTicks) * design.tickSize
        } else if (event.kind === 'swapped') {
          const market = this.#of(chainId, event.market)
          if (market === undefined || market.spec.design.kind === 'order-book') continue
          const sells0 = event.tokenIn === market.spec.token0
          swaps += 1
          volume0 += sells0 ? event.amountIn : event.amountOut
          volume1 += sells0 ? event.amountOut : event.amountIn
        } else if (event.kind === 'market-synced') {
          const samples = this.#of(chainId, event.market)?.samples
          const before = samples?.at(-1)
          if (samples === undefined || before === undefined) continue
          const { priceX96, reserve0, reserve1 } = event
          samples.push({
            number,
            at,
            priceX96,
            reserve0,
            reserve1,
            swaps: before.swaps + swaps,
            volume0: before.volume0 + volume0,
            volume1: before.volume1 + volume1,
          })
          ;[swaps, volume0, volume1] = [0, 0n, 0n]
        }
      }
    }
  }

  /** The newest block of its chain is no longer followed. */
  orphaned({ header: { chainId, number } }: Block): void {
    for (const { spec, samples } of this.#markets.values()) {
      if (spec.chainId !== chainId) continue
      while (samples.length > 1 && samples.at(-1)!.number === number) samples.pop()
    }
  }

  /** By market, how far the price has moved since a moment (Unix seconds), as a share of what it was then. */
  movesSince(since: number): number[] {
    return [...this.#markets.values()].flatMap(({ samples }) => {
      const before = samples.findLast(({ at }) => at <= since) ?? samples[0]!
      const [from, to] = [Number(before.priceX96), Number(samples.at(-1)!.priceX96)]
      return from > 0 ? [Math.abs(to / from - 1)] : []
    })
  }

  outcomes(): MarketOutcome[] {
    return [...this.#markets.values()].map(({ spec, samples }) => {
      const priced = samples.filter(({ priceX96 }) => priceX96 > 0n)
      const [first, last] = [samples[0]!, samples.at(-1)!]
      const low = priced.reduce(
        (least, each) => (each.priceX96 < least.priceX96 ? each : least),
        priced[0] ?? first,
      )
      const high = priced.reduce(
        (most, each) => (each.priceX96 > most.priceX96 ? each : most),
        priced[0] ?? first,
      )
      return {
        id: spec.name,
        chainId: spec.chainId,
        token0: this.#token(spec.chainId, spec.token0),
        token1: this.#token(spec.chainId, spec.token1),
        firstX96: first.priceX96,
        lastX96: last.priceX96,
        lowX96: low.priceX96,
        highX96: high.priceX96,
        lowAt: low.at,
        highAt: high.at,
        dailyLows: dailyLows(priced),
        swaps: last.swaps,
        volume0: last.volume0,
        volume1: last.volume1,
        reserve0: last.reserve0,
        reserve1: last.reserve1,
      }
    })
  }

  #token(chainId: ChainId, address: Address): MarketToken {
    const known = this.#tokens.find((token) => token.chainId === chainId && token.address === address)
    return { symbol: known?.symbol ?? address, decimals: known?.decimals ?? 0 }
  }

  #of(chainId: ChainId, address: Address) {
    const market = this.#markets.get(address)
    return market?.spec.chainId === chainId ? market : undefined
  }
}

/** Of a day the least of what it began with and of what came in it. */
function dailyLows(samples: readonly Sample[]): { day: number; lowX96: bigint }[] {
  const lows: { day: number; lowX96: bigint }[] = []
  let standing: bigint | null = null
  for (const { at, priceX96 } of samples) {
    const day = Math.floor(at / DAY_SECONDS)
    const last = lows.at(-1)
    if (last?.day !== day) lows.push({ day, lowX96: minBig(standing ?? priceX96, priceX96) })
    else if (priceX96 < last.lowX96) last.lowX96 = priceX96
    standing = priceX96
  }
  return lows
}

/** How a market stands with what genesis put into it. */
function opening(spec: MarketSpec, genesis: readonly Genesis[], genesisMs: number): Sample {
  const price = new MarketMirror(spec, genesis).price()
  return { number: -1, at: msToSeconds(genesisMs), ...price, swaps: 0, volume0: 0n, volume1: 0n }
}
