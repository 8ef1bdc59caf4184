// One asset of one bridge across all its chains: what is locked or issued, minted, in transit and declared lost. Amounts
// are in the finest unit of the asset's tokens, so that tokens of different decimals add up exactly.
import { type Address, assertNever, type ChainId, type Hash32 } from '@solvent/primitives'
import type { BridgeRoute, BridgeSpec, Custody } from '@solvent/protocol'
import type { ChainBook, TokenBook } from './book.ts'
import type { NetworkIndex } from './chain-record.ts'
import type { InvariantId } from './invariant-id.ts'
import type { PoolLedger } from './pool-ledger.ts'

/** An amount between its sending and its delivery. */
export interface Lot {
  readonly amount: bigint
  /** Chain that sent it. */
  readonly srcChainId: ChainId
  /** The delivering block, for a lot that was delivered before its sending was seen; null for one under way. */
  readonly early: Delivery | null
}

/** The block that delivered a message: chain time in Unix seconds, and the same in ms. */
export interface Delivery {
  readonly chainId: ChainId
  readonly timestamp: number
  readonly atMs: number
}

/** Re-orgs reach back over far fewer messages. */
const MAX_PAIRED = 10_000

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
  /** Deliveries whose final sending was taken back: they are losses unless it is sent again. */
  readonly lostSending = new Map<Hash32, Delivery>()
  /** What locks fell short of, by message, because they credited what was sent and not what arrived: part of the deficit. */
  readonly shortfalls = new Map<Hash32, bigint>()
  /** The pools of its ends; none for other custody. */
  readonly pools: readonly PoolLedger[]
  /** The deficit by the chain on which it arose. */
  readonly deficitOn = new Map<ChainId, bigint>()
  /** Transfers that have arrived, forged ones included. */
  arrived = 0
  readonly lots = new Map<Hash32, Lot>()
  /** Where messages were delivered whose sending is known: a re-org may take the sending back. */
  readonly #paired = new Map<Hash32, Delivery>()
  readonly #home: TokenBook
  readonly #homeScale: bigint
  readonly #minted: readonly { readonly book: TokenBook; readonly scale: bigint }[]
  readonly #scales = new Map<string, bigint>()

  constructor(index: NetworkIndex, bridge: BridgeSpec, route: BridgeRoute, pools: readonly PoolLedger[]) {
    this.bridge = bridge
    this.route = route
    this.pools = pools
    const ends = [route.home, ...route.wrapped]
    const finest = Math.max(...ends.map(({ chainId, token }) => index.decimals(chainId, token)))
    for (const { chainId, token } of ends) {
      this.#scales.set(endKey(chainId, token), powerOfTen(finest - index.decimals(chainId, token)))
    }
    this.#home = bookOf(index, route.home.chainId).token(route.home.token)
    this.#homeScale = this.scale(route.home.chainId, route.home.token)
    this.#minted = mintedEnds(this).map(({ chainId, token }) => ({
      book: bookOf(index, chainId).token(token),
      scale: this.scale(chainId, token),
    }))
  }

  /** Changes the deficit by what a chain delivered without a sending. */
  lose(chainId: ChainId, amount: bigint): void {
    this.deficit += amount
    this.deficitOn.set(chainId, (this.deficitOn.get(chainId) ?? 0n) + amount)
  }

  /** A lock took in less than its message carries. */
  fellShort(chainId: ChainId, message: Hash32, amount: bigint): void {
    this.shortfalls.set(message, amount)
    this.lose(chainId, amount)
  }

  /** The block with that lock is orphaned. */
  undoShortfall(chainId: ChainId, message: Hash32): void {
    const amount = this.shortfalls.get(message)
    if (amount === undefined) return
    this.shortfalls.delete(message)
    this.lose(chainId, -amount)
  }

  /** A message is sent and delivered. */
  pair(digest: Hash32, delivery: Delivery): void {
    this.#paired.set(digest, delivery)
    if (this.#paired.size > MAX_PAIRED) this.#paired.delete(this.#paired.keys().next().value as Hash32)
  }

  /** One half of a pair is orphaned; the delivery of the other, or undefined. */
  part(digest: Hash32): Delivery | undefined {
    const delivery = this.#paired.get(digest)
    this.#paired.delete(digest)
    return delivery
  }

  /** Which asset of which bridge, for people. */
  get name(): string {
    return `bridge ${this.bridge.name}, ${this.route.symbol}`
  }

  get custody(): Custody['kind'] {
    return this.bridge.custody.kind
  }

  /** The invariant that `gap` is about. */
  get rule(): InvariantId {
    return RULES[this.custody]
  }

  /** Finest units in one base unit of a token of the route. */
  scale(chainId: ChainId, token: Address): bigint {
    return this.#scales.get(endKey(chainId, token)) ?? 1n
  }

  /** Whether a token of a chain is an end of the route. */
  has(chainId: ChainId, token: Address): boolean {
    return this.#scales.has(endKey(chainId, token))
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

  /** What must be zero, or the rule is broken: B-2, B-3 or, over all pools of the route, B-6. */
  get gap(): bigint {
    const { custody } = this
    switch (custody) {
      case 'lock-mint':
        return this.locked + this.deficit - this.surplus - this.minted - this.transit
      case 'burn-mint':
        return this.issued + this.deficit - this.minted - this.transit
      case 'pool':
        return this.deficit - this.owedToPools - this.transit
      case 'hash-lock':
        return 0n
      default:
        return assertNever(custody)
    }
  }

  /** What pools have paid out, or owe to those who wait, beyond what was paid into others. */
  get owedToPools(): bigint {
    let sum = 0n
    for (const pool of this.pools) {
      sum += (pool.claims + pool.queued) * this.scale(pool.chainId, pool.token)
    }
    return sum
  }
}

/** The invariant that says what stands behind a route, by custody. */
const RULES: Readonly<Record<Custody['kind'], InvariantId>> = {
  'lock-mint': 'B-2',
  'burn-mint': 'B-3',
  pool: 'B-6',
  'hash-lock': 'B-9',
}

/** The ends whose supply the bridge makes: the far ones of a lock, all of an issuer, none of a pool. */
function mintedEnds({ bridge, route }: RouteLedger): readonly BridgeRoute['home'][] {
  switch (bridge.custody.kind) {
    case 'lock-mint':
      return route.wrapped
    case 'burn-mint':
      return [route.home, ...route.wrapped]
    case 'pool':
    case 'hash-lock':
      return []
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
