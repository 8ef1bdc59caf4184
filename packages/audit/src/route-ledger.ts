// One asset of one bridge across all its chains: what is locked, minted, in transit and declared lost. Amounts are in
// the finest unit of the asset's tokens, so that tokens of different decimals add up exactly.
import type { Address, ChainId, Hash32 } from '@solvent/primitives'
import type { BridgeRoute, BridgeSpec } from '@solvent/protocol'
import type { ChainBook, TokenBook } from './book.ts'
import type { NetworkIndex } from './chain-record.ts'

/** An amount between its sending and its delivery. */
export interface Lot {
  readonly amount: bigint
  /** Chain that sent it. */
  readonly srcChainId: ChainId
  /** The delivering block, for a lot that was delivered before its sending was seen; null for one under way. */
  readonly early: { readonly chainId: ChainId; readonly timestamp: number; readonly atMs: number } | null
}

export class RouteLedger {
  readonly bridge: BridgeSpec
  readonly route: BridgeRoute
  /** Sent and not delivered, less delivered and not (yet) sent. */
  transit = 0n
  /** What declared exploits have taken out (B-2); only they change it. */
  deficit = 0n
  /** The part of the deficit that left the lock at home. */
  released = 0n
  /** Locked beyond what was minted at genesis: claims of chains outside the network. */
  surplus = 0n
  /** Deliveries of declared exploits that became deficit, by message: what a re-org has to take back. */
  readonly losses = new Map<Hash32, number>()
  readonly lots = new Map<Hash32, Lot>()
  readonly #home: TokenBook
  readonly #homeScale: bigint
  readonly #wrapped: readonly { readonly book: TokenBook; readonly scale: bigint }[]
  readonly #scales = new Map<string, bigint>()

  constructor(index: NetworkIndex, bridge: BridgeSpec, route: BridgeRoute) {
    this.bridge = bridge
    this.route = route
    const ends = [route.home, ...route.wrapped]
    const finest = Math.max(...ends.map(({ chainId, token }) => index.decimals(chainId, token)))
    for (const { chainId, token } of ends) {
      this.#scales.set(endKey(chainId, token), powerOfTen(finest - index.decimals(chainId, token)))
    }
    this.#home = bookOf(index, route.home.chainId).token(route.home.token)
    this.#homeScale = this.scale(route.home.chainId, route.home.token)
    this.#wrapped = route.wrapped.map(({ chainId, token }) => ({
      book: bookOf(index, chainId).token(token),
      scale: this.scale(chainId, token),
    }))
  }

  /** Which asset of which bridge, for people. */
  get name(): string {
    return `bridge ${this.bridge.name}, ${this.route.symbol}`
  }

  /** Finest units in one base unit of a token of the route. */
  scale(chainId: ChainId, token: Address): bigint {
    return this.#scales.get(endKey(chainId, token)) ?? 1n
  }

  get locked(): bigint {
    return this.#home.balance('BRIDGE_LOCK', this.bridge.address) * this.#homeScale
  }

  /** The supply of the wrapped token on all far chains. */
  get minted(): bigint {
    let sum = 0n
    for (let i = 0; i < this.#wrapped.length; i++) {
      const { book, scale } = this.#wrapped[i]!
      sum -= book.balance('SUPPLY', '') * scale
    }
    return sum
  }

  /** locked + deficit - surplus - minted - transit: zero, or B-2 is broken. */
  get gap(): bigint {
    return this.locked + this.deficit - this.surplus - this.minted - this.transit
  }
}

export function endKey(chainId: ChainId, token: Address): string {
  return `${chainId}/${token}`
}

function bookOf(index: NetworkIndex, chainId: ChainId): ChainBook {
  return index.chains.get(chainId)!.book
}

function powerOfTen(exponent: number): bigint {
  return 10n ** BigInt(exponent)
}
