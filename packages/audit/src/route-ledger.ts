// One asset of one bridge across all its chains: what is locked or issued, minted, in transit and declared lost. Amounts
// are in the finest unit of the asset's tokens, so that tokens of different decimals add up exactly.
import type { Address, ChainId, Hash32 } from '@solvent/primitives'
import type { BridgeRoute, BridgeSpec } from '@solvent/protocol'
import type { ChainBook, TokenBook } from './book.ts'
import type { NetworkIndex } from './chain-record.ts'
import type { InvariantId } from './invariant-id.ts'

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
  /** What declared exploits have taken out of a lock or minted without authority (B-2, B-3); only they change it. */
  deficit = 0n
  /** The part of the deficit that left the lock at home. */
  released = 0n
  /** Transfers that the limiter has put in its queue, released when their wait was over, and deleted. */
  queued = 0
  releasedByTimeout = 0
  censored = 0
  /** Asked of the lock by transfers home. */
  asked = 0n
  /** Paid out of the lock, declared exploits included. */
  paidOut = 0n
  /** Given back to the lock, as far as it covered the deficit. */
  recovered = 0n
  /** Borne by holders who redeemed under a shared loss. */
  borne = 0n
  /** What left the lock in other amounts than whole steps, declared exploits aside: reduced redemptions less refills. */
  irregular = 0n
  /** Burn-and-mint: issued less redeemed, the genesis supply included. */
  issued = 0n
  /** Locked beyond what was minted at genesis: claims of chains outside the network. */
  surplus = 0n
  /** Deliveries of declared exploits that became deficit, by message: what a re-org has to take back. */
  readonly losses = new Map<Hash32, number>()
  /** Transfers that have arrived, forged ones included. */
  arrived = 0
  readonly lots = new Map<Hash32, Lot>()
  readonly #home: TokenBook
  readonly #homeScale: bigint
  readonly #minted: readonly { readonly book: TokenBook; readonly scale: bigint }[]
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
    this.#minted = (this.isIssued ? ends : route.wrapped).map(({ chainId, token }) => ({
      book: bookOf(index, chainId).token(token),
      scale: this.scale(chainId, token),
    }))
  }

  /** Which asset of which bridge, for people. */
  get name(): string {
    return `bridge ${this.bridge.name}, ${this.route.symbol}`
  }

  /** Every end is minted and burned by the issuer: there is no lock. */
  get isIssued(): boolean {
    return this.bridge.custody.kind === 'burn-mint'
  }

  /** The invariant that `gap` is about. */
  get rule(): InvariantId {
    return this.isIssued ? 'B-3' : 'B-2'
  }

  /** Finest units in one base unit of a token of the route. */
  scale(chainId: ChainId, token: Address): bigint {
    return this.#scales.get(endKey(chainId, token)) ?? 1n
  }

  get locked(): bigint {
    return this.#home.balance('BRIDGE_LOCK', this.bridge.address) * this.#homeScale
  }

  /** The supply of the wrapped token on all far chains; of an issued one on all chains. */
  get minted(): bigint {
    let sum = 0n
    for (let i = 0; i < this.#minted.length; i++) {
      const { book, scale } = this.#minted[i]!
      sum -= book.balance('SUPPLY', '') * scale
    }
    return sum
  }

  /**
   * locked + deficit - surplus - minted - transit, or issued + deficit - minted - transit: zero, or the rule is broken.
   */
  get gap(): bigint {
    if (this.isIssued) return this.issued + this.deficit - this.minted - this.transit
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
