// Markets as a solver's source of tokens: what it would cost to buy a token back on its chain, split over the ways to it, above the price outside.
// Bids carry that cost, so that who fills from a thin market asks for more. As of the newest followed blocks.
import type { Address, ChainId } from '@solvent/primitives'
import type { Block, Genesis, NetworkSpec } from '@solvent/protocol'
import { MarketMirror, type SaleLeg, splitSale } from '@solvent/settlement'
import type { SourcingRule } from './sourcing-rule.ts'
import type { Exchange, Step } from './step.ts'
import { type StepBooks, StepQuotes } from './step-quotes.ts'
import { Ways } from './ways.ts'

/** Two tokens of a chain, either of which it may buy with the other. */
export interface Pair {
  readonly chainId: ChainId
  readonly tokens: readonly [Address, Address]
}

interface SourcingInit {
  readonly spec: NetworkSpec
  readonly genesis: readonly Genesis[]
  readonly sourcing: SourcingRule | null
}

/** What buys nothing: no market is named. */
const NO_RULE = { markets: [], bandBps: 0, maxHops: 0, bridges: [], maxFeeBps: 0, maxWaitSeconds: 0 }

export class MarketSourcing {
  readonly #facts: StepBooks['facts']
  readonly #mirrors: readonly MarketMirror[]
  readonly #ways: Ways
  readonly #quotes: StepQuotes
  readonly #pairs: readonly Pair[]

  constructor({ spec, genesis, sourcing }: SourcingInit, books: StepBooks) {
    const rule = sourcing ?? NO_RULE
    this.#facts = books.facts
    this.#mirrors = spec.markets
      .filter(({ address }) => rule.markets.includes(address))
      .map((market) => new MarketMirror(market, genesis))
    this.#ways = new Ways(this.#mirrors, rule, books.facts)
    this.#quotes = new StepQuotes(rule, books)
    this.#pairs = sourcing === null ? [] : this.#pairsOf(spec.chains.map(({ chainId }) => chainId))
  }

  followed(block: Block): void {
    for (const mirror of this.#mirrors) mirror.followed(block)
  }

  orphaned(block: Block): void {
    for (const mirror of this.#mirrors) mirror.orphaned(block)
  }

  /** The pairs of tokens that it may trade, each once. */
  pairs(): readonly Pair[] {
    return this.#pairs
  }

  /** How an amount is best sold over all the ways: over fewer where the gas of more would cost more than they bring. */
  split(exchange: Exchange, amount: bigint): SaleLeg<Step>[] {
    const ways = this.#ways.of(exchange)
    const direct = ways.filter(({ length }) => length === 1)
    const local = ways.filter((way) => way.every(({ kind }) => kind === 'sale'))
    const plans = [direct, local, ways].filter(
      (plan, index, all) => index === 0 || plan.length > (all[index - 1]?.length ?? 0),
    )
    let best: { readonly legs: SaleLeg<Step>[]; readonly netE8: bigint } | null = null
    for (const plan of plans) {
      const legs = splitSale(plan, amount, (step, amountIn) => this.#quotes.quote(step, amountIn))
      const netE8 = this.#netE8(exchange, legs)
      if (best === null || netE8 > best.netE8) best = { legs, netE8 }
    }
    return best?.legs ?? []
  }

  /** What a step takes and pays now. */
  quote(step: Step, amountIn: bigint): { readonly amountIn: bigint; readonly amountOut: bigint } {
    return this.#quotes.quote(step, amountIn)
  }

  /**
   * What buying so much of a token back costs above the price outside: of the tokens that it can be bought with the cheapest; 0 where no
   * market sells it, or sells it below.
   */
  costE8(chainId: ChainId, token: Address, amount: bigint): bigint {
    const costs = this.#pairs
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
    return valueE8 - this.#facts.valueE8(chainId, bought, paidBy(this.split(exchange, brought)))
  }

  /** The value of what legs bring, less their gas. */
  #netE8({ chainId, bought }: Exchange, legs: readonly SaleLeg<Step>[]): bigint {
    const gasE8 = legs
      .flatMap(({ path }) => path)
      .reduce((sum, step) => {
        if (step.kind === 'sale') return sum + this.#facts.callCostE8(step.mirror.spec.chainId, ['swap'])
        if (step.kind === 'crossing') return sum + this.#facts.callCostE8(step.from.chainId, ['bridge-out'])
        return sum
      }, 0n)
    return this.#facts.valueE8(chainId, bought, paidBy(legs)) - gasE8
  }

  #pairsOf(chains: readonly ChainId[]): Pair[] {
    return chains.flatMap((chainId) => {
      const tokens = this.#facts.spec.tokens
        .flatMap((token) => (token.chainId === chainId ? [token.address] : []))
        .filter((token) => this.#facts.token(chainId, token) !== undefined)
        .sort((a, b) => (a < b ? -1 : 1))
      const leads = (sold: Address, bought: Address): boolean =>
        this.#ways.of({ chainId, sold, bought }).length > 0
      return tokens.flatMap((first, index) =>
        tokens
          .slice(index + 1)
          .filter((second) => leads(first, second) || leads(second, first))
          .map((second) => ({ chainId, tokens: [first, second] }) as const),
      )
    })
  }
}

/** Enough base units of any token to have a value. */
const UNIT = 10n ** 24n

function otherOf([first, second]: readonly [Address, Address], token: Address): Address {
  return first === token ? second : first
}

function paidBy(legs: readonly SaleLeg<Step>[]): bigint {
  return legs.reduce((sum, { amountOut }) => sum + amountOut, 0n)
}
