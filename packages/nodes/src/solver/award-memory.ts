// What a solver remembers of closed auctions: the best bid of the others, by route. Only auctions that closed long
// enough before the order in question count, in the order of their closing, so that the memory a bid is made from does
// not depend on when each award was heard. Unix seconds.
import type { Address, ChainId, OrderId } from '@solvent/primitives'
import type { Award, Order } from '@solvent/protocol'
import type { PastAuction } from '@solvent/strategies'
import type { NetworkFacts } from './network-facts.ts'

/** An auction counts for orders whose own auction closes at least this much later. */
const MEMORY_LAG_SECONDS = 180
/** So many auctions of a route are looked at, the newest. */
const MEMORY_DEPTH = 16
const MEMORY_LIMIT = 256

interface Remembered extends PastAuction {
  readonly orderId: OrderId
  readonly closesAt: number
}

export class AwardMemory {
  readonly #facts: NetworkFacts
  readonly #self: Address
  readonly #routes = new Map<string, Remembered[]>()

  constructor(facts: NetworkFacts, self: Address) {
    this.#facts = facts
    this.#self = self
  }

  /** Takes an award of a known order; each counts once. */
  remember(award: Award, order: Order): void {
    if (order.award.by !== 'auctioneer') return
    const { originChainId, input, output } = order
    const gasCostE8 = this.#facts.gasCostE8(originChainId, output.chainId)
    const netValueE8 = this.#facts.valueE8(originChainId, input.token, input.amount) - gasCostE8
    const rival = award.bids.find((bid) => bid.solver !== this.#self)
    if (rival === undefined || netValueE8 <= 0n) return
    const rivalBestE8 = this.#facts.valueE8(output.chainId, output.token, rival.outputAmount)
    const { orderId } = award
    insert(this.#route(order), { orderId, closesAt: order.award.closesAt, netValueE8, rivalBestE8 })
  }

  /** Past auctions of the route, oldest first, as an order sees them whose auction closes at `closesAt`. */
  recall(order: Order, closesAt: number): readonly PastAuction[] {
    const known = this.#routes.get(routeKey(order)) ?? []
    let end = known.length
    while (end > 0 && (known[end - 1]?.closesAt ?? 0) + MEMORY_LAG_SECONDS > closesAt) end--
    return known.slice(Math.max(0, end - MEMORY_DEPTH), end)
  }

  #route(order: Order): Remembered[] {
    const key = routeKey(order)
    let route = this.#routes.get(key)
    if (route === undefined) {
      route = []
      this.#routes.set(key, route)
    }
    return route
  }
}

function routeKey({ originChainId, input, output, prover }: Order): `${ChainId}/${string}` {
  return `${originChainId}/${input.token}/${output.chainId}/${output.token}/${prover}`
}

function insert(route: Remembered[], auction: Remembered): void {
  let at = route.length
  while (at > 0) {
    const before = route[at - 1]
    if (before === undefined || compare(before, auction) < 0) break
    if (before.orderId === auction.orderId) return
    at--
  }
  route.splice(at, 0, auction)
  if (route.length > MEMORY_LIMIT) route.shift()
}

function compare(a: Remembered, b: Remembered): number {
  if (a.closesAt !== b.closesAt) return a.closesAt - b.closesAt
  return a.orderId < b.orderId ? -1 : a.orderId > b.orderId ? 1 : 0
}
