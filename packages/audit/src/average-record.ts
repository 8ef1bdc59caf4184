// Reserves, and the sum of price × seconds, of the pairs that oracles look at, by the audit's own reading of what the pairs say of themselves:
// UQ112.112, rounded down at every change (v2-core, UniswapV2Pair._update).
import { type Address, isqrtFloor } from '@solvent/primitives'
import { type ChainEvent, type FairShareSource, marketShareToken, type NetworkSpec } from '@solvent/protocol'
import type { NetworkIndex } from './chain-record.ts'
import { contractInvariant } from './stable-arithmetic.ts'

interface PairFacts {
  readonly reserve0: bigint
  readonly reserve1: bigint
  readonly sum0: bigint
  readonly sum1: bigint
  /** Unix seconds; 0 before the first change. */
  readonly at: number
}

const ONE = 1n << 112n
const WRAP = 1n << 256n

export class AverageRecord {
  readonly #pairs = new Map<Address, PairFacts>()
  readonly #markets: NetworkSpec['markets']
  readonly #index: NetworkIndex

  constructor(index: NetworkIndex) {
    const { spec } = index
    const used = new Set(
      spec.oracles.flatMap(({ source }) =>
        source.kind === 'twap' || source.kind === 'lp-share' ? source.market : [],
      ),
    )
    this.#markets = spec.markets.filter(({ address }) => used.has(address))
    this.#index = index
  }

  /** Takes over what genesis put in. */
  begin(): void {
    for (const { address, chainId, token0, token1 } of this.#markets) {
      const book = this.#index.chains.get(chainId)?.book
      if (book === undefined) continue
      const [reserve0, reserve1] = [token0, token1].map((token) =>
        book.token(token).balance('POOL', address),
      ) as [bigint, bigint]
      this.#pairs.set(address, { reserve0, reserve1, sum0: 0n, sum1: 0n, at: 0 })
    }
  }

  /** Takes a change over; null: nobody averages this market. */
  synced(
    { market, reserve0, reserve1 }: Extract<ChainEvent, { kind: 'market-synced' }>,
    now: number,
  ): (() => void) | null {
    const before = this.#pairs.get(market)
    if (before === undefined) return null
    this.#pairs.set(market, { ...grown(before, now), reserve0, reserve1 })
    return () => {
      this.#pairs.set(market, before)
    }
  }

  /** The value of a share where arbitrage leaves the pair (2·√(k·p0·p1) over the supply), of a stable pool D at the lower price; null: it cannot be told. */
  fairShareE8({ market, decimals0, decimals1 }: FairShareSource, price0E8: bigint, price1E8: bigint) {
    const pair = this.#pairs.get(market)
    const spec = this.#markets.find(({ address }) => address === market)
    if (pair === undefined || spec === undefined || price0E8 <= 0n || price1E8 <= 0n) return null
    const shares = -this.#index.chains
      .get(spec.chainId)!
      .book.token(marketShareToken(spec))
      .balance('SUPPLY', '')
    if (shares <= 0n) return null
    if (spec.design.kind === 'stable-swap') {
      const { rate0, rate1 } = spec.design
      const each0 = (price0E8 * 10n ** BigInt(36 - decimals0)) / rate0
      const each1 = (price1E8 * 10n ** BigInt(36 - decimals1)) / rate1
      const lower = each0 < each1 ? each0 : each1
      return (contractInvariant(pair, spec.design) * lower) / shares
    }
    const square = pair.reserve0 * pair.reserve1 * price0E8 * price1E8 * 10n ** 36n
    return (2n * isqrtFloor(square / 10n ** BigInt(decimals0 + decimals1))) / shares
  }

  /** The sum of one side's price at a time. */
  sumAt(market: Address, side: 'token0' | 'token1', now: number): bigint | null {
    const pair = this.#pairs.get(market)
    if (pair === undefined) return null
    const { sum0, sum1 } = grown(pair, now)
    return side === 'token0' ? sum0 : sum1
  }
}

function grown(pair: PairFacts, now: number): PairFacts {
  const { reserve0, reserve1, sum0, sum1, at } = pair
  if (reserve0 === 0n || reserve1 === 0n) return { ...pair, at: now }
  const seconds = BigInt(now - at)
  return {
    ...pair,
    sum0: (sum0 + ((reserve1 * ONE) / reserve0) * seconds) % WRAP,
    sum1: (sum1 + ((reserve0 * ONE) / reserve1) * seconds) % WRAP,
    at: now,
  }
}

/** What a pair's price was between two sums, in UQ112.112. */
export function ratioOfSums(
  before: { readonly sum: bigint; readonly at: number },
  after: { readonly sum: bigint; readonly at: number },
): bigint {
  const difference = (((after.sum - before.sum) % WRAP) + WRAP) % WRAP
  return difference / BigInt(after.at - before.at)
}

/** What the price of a whole unit was in the numeraire, from a ratio in UQ112.112. */
export function averageOf(
  ratioX112: bigint,
  otherE8: bigint,
  { own, other }: { readonly own: number; readonly other: number },
): bigint {
  return (ratioX112 * otherE8 * 10n ** BigInt(own)) / (ONE * 10n ** BigInt(other))
}
