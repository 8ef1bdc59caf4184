// Which ways there are from one token of a chain to another: over markets of the chain, one after another, and over markets of other chains from what
// lies there, carried here by a bridge. Each step is one object in all the ways that it is part of, so that a split knows of depth that they share.
import type { Address, ChainId } from '@solvent/primitives'
import type { BridgeSpec } from '@solvent/protocol'
import type { MarketMirror } from '@solvent/settlement'
import type { NetworkFacts } from '../network-facts.ts'
import type { SourcingRule } from './sourcing-rule.ts'
import type { Crossing, Exchange, Sale, Step, TokenAt } from './step.ts'

export class Ways {
  readonly #facts: NetworkFacts
  readonly #maxHops: number
  readonly #sales: readonly Sale[]
  readonly #crossings: readonly Crossing[]
  readonly #found = new Map<string, readonly (readonly Step[])[]>()

  constructor(mirrors: readonly MarketMirror[], rule: SourcingRule, facts: NetworkFacts) {
    this.#facts = facts
    this.#maxHops = rule.maxHops
    this.#sales = mirrors.flatMap(salesOf)
    this.#crossings = facts.spec.bridges
      .filter(({ address }) => rule.bridges.includes(address))
      .flatMap(crossingsOf)
  }

  /** Fewest steps first. */
  of(exchange: Exchange): readonly (readonly Step[])[] {
    const { chainId, sold, bought } = exchange
    const key = `${chainId}/${sold}/${bought}`
    const known = this.#found.get(key)
    if (known !== undefined) return known
    const local: (readonly Step[])[] = this.#salesBetween(exchange)
    const ways = [...local, ...this.#fromElsewhere(exchange)].sort((a, b) => a.length - b.length)
    this.#found.set(key, ways)
    return ways
  }

  #fromElsewhere({ chainId, sold, bought }: Exchange): Step[][] {
    const asset = this.#facts.token(chainId, sold)?.symbol
    return this.#crossings
      .filter(({ to }) => to.chainId === chainId && to.token === bought)
      .flatMap((crossing) => {
        const { from } = crossing
        return this.#tokensAt(from.chainId)
          .filter((token) => this.#facts.token(from.chainId, token)?.symbol === asset)
          .flatMap((token) => {
            const stock = {
              kind: 'stock',
              here: { chainId, token: sold },
              there: { chainId: from.chainId, token },
            } as const
            const exchange = { chainId: from.chainId, sold: token, bought: from.token }
            return this.#salesBetween(exchange).map((sales) => [stock, ...sales, crossing])
          })
      })
  }

  /** Paths over at most so many markets that come to no token twice. */
  #salesBetween({ chainId, sold, bought }: Exchange): Sale[][] {
    const paths: Sale[][] = []
    const walk = (at: Address, path: readonly Sale[]): void => {
      for (const sale of this.#sales) {
        if (sale.mirror.spec.chainId !== chainId || sale.sold !== at) continue
        const next = [...path, sale]
        if (sale.bought === bought) paths.push(next)
        else if (next.length < this.#maxHops && next.every((each) => each.sold !== sale.bought))
          walk(sale.bought, next)
      }
    }
    walk(sold, [])
    return paths
  }

  #tokensAt(chainId: ChainId): Address[] {
    return this.#facts.spec.tokens.flatMap((token) => (token.chainId === chainId ? [token.address] : []))
  }
}

function salesOf(mirror: MarketMirror): Sale[] {
  const { token0, token1 } = mirror.spec
  return [
    { kind: 'sale', mirror, side: 'sell-0', sold: token0, bought: token1 },
    { kind: 'sale', mirror, side: 'sell-1', sold: token1, bought: token0 },
  ]
}

function crossingsOf(bridge: BridgeSpec): Crossing[] {
  return bridge.routes.flatMap(({ home, wrapped }) => {
    const ends: TokenAt[] = [home, ...wrapped]
    return ends.flatMap((from) =>
      ends
        .filter((to) => to.chainId !== from.chainId)
        .map((to) => ({ kind: 'crossing', bridge, from, to }) as const),
    )
  })
}
