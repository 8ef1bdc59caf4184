// Markets as a solver's source of tokens: what it would cost to buy a token back on its chain, split over the venues that sell it, above the price
// outside. Bids carry that cost, so that who fills from a thin market asks for more. As of the newest followed block.
import type { Address, ChainId } from '@solvent/primitives'
import type { Block } from '@solvent/protocol'
import { MarketMirror, type SaleLeg, splitSale } from '@solvent/settlement'
import type { NetworkFacts } from '../network-facts.ts'
import type { SolverInit } from '../solver-init.ts'

/** A trade on one chain. */
export interface Exchange {
  readonly chainId: ChainId
  readonly sold: Address
  readonly bought: Address
}

export class MarketSourcing {
  readonly #facts: NetworkFacts
  readonly #mirrors: readonly MarketMirror[]

  constructor({ spec, genesis, sourcing }: SolverInit, facts: NetworkFacts) {
    this.#facts = facts
    this.#mirrors = spec.markets
      .filter(({ address }) => sourcing?.markets.includes(address) ?? false)
      .map((market) => new MarketMirror(market, genesis))
  }

  followed(block: Block): void {
    for (const mirror of this.#mirrors) mirror.followed(block)
  }

  orphaned(block: Block): void {
    for (const mirror of this.#mirrors) mirror.orphaned(block)
  }

  /** The pairs of tokens that it may trade, by chain, each once. */
  pairs(): { readonly chainId: ChainId; readonly tokens: readonly [Address, Address] }[] {
    const seen = new Map<
      string,
      { readonly chainId: ChainId; readonly tokens: readonly [Address, Address] }
    >()
    for (const { spec } of this.#mirrors) {
      const { chainId, token0, token1 } = spec
      const tokens: [Address, Address] = token0 < token1 ? [token0, token1] : [token1, token0]
      seen.set(`${chainId}/${tokens.join('/')}`, { chainId, tokens })
    }
    return [...seen.values()]
  }

  /** How an amount is best sold over the venues of a pair. */
  split({ chainId, sold, bought }: Exchange, amount: bigint): SaleLeg<MarketMirror>[] {
    const venues = this.#mirrors.filter(
      ({ spec }) =>
        spec.chainId === chainId &&
        ((spec.token0 === sold && spec.token1 === bought) ||
          (spec.token1 === sold && spec.token0 === bought)),
    )
    return splitSale(venues, amount, (mirror, amountIn) =>
      mirror.sale(mirror.spec.token0 === sold ? 'sell-0' : 'sell-1', amountIn),
    )
  }

  /**
   * What buying so much of a token back costs above the price outside: of the tokens that it can be bought with the cheapest; 0 where no
   * market sells it, or sells it below.
   */
  costE8(chainId: ChainId, token: Address, amount: bigint): bigint {
    const costs = this.pairs()
      .filter((pair) => pair.chainId === chainId && pair.tokens.includes(token))
      .map(({ tokens }) => this.#premiumE8({ chainId, sold: otherOf(tokens, token), bought: token }, amount))
    const least = costs.reduce((low, cost) => (cost < low ? cost : low), costs[0] ?? 0n)
    return least > 0n ? least : 0n
  }

  /** Brings as much as the amount is worth outside, and is paid so much less of it; all of it where the venues take less. */
  #premiumE8(exchange: Exchange, amount: bigint): bigint {
    const { chainId, sold, bought } = exchange
    const valueE8 = this.#facts.valueE8(chainId, bought, amount)
    const unitE8 = this.#facts.valueE8(chainId, sold, UNIT)
    if (unitE8 === 0n) return 0n
    const brought = (valueE8 * UNIT) / unitE8
    const legs = this.split(exchange, brought)
    const paid = legs.reduce((sum, { amountOut }) => sum + amountOut, 0n)
    return valueE8 - this.#facts.valueE8(chainId, bought, paid)
  }
}

/** Enough base units of any token to have a value. */
const UNIT = 10n ** 24n

function otherOf([first, second]: readonly [Address, Address], token: Address): Address {
  return first === token ? second : first
}
