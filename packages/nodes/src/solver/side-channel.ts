// What a solver hears beside the rules before it bids: costs that members of its ring tell each other, and rivals' bids that somebody leaks to
// it. A solver that listens bids late, when what can be heard has been heard.
import type { TimerId } from '@solvent/ports'
import { type NodeId, type OrderId, secondsToMs } from '@solvent/primitives'
import type { SideChannelMessage, SignedOrder } from '@solvent/protocol'
import { partOf } from '@solvent/strategies'
import { type AuctionedOrder, isAuctioned } from '../parts/auctioned-order.ts'
import { createTimerTable, type TimerTable } from '../parts/timer-table.ts'
import type { SolverBooks } from './solver-books.ts'

/** Before the close of an auction: late enough to have heard, early enough to be in time. */
const BIDS_BEFORE_CLOSE_MS = 2_000
const TELL_TIMEOUT_MS = 20_000
const PARTS = 1_000_000_000_000
/** Orders of which something was heard, at most. */
const MOST_HEARD = 1_024

/** Prices and costs as parts of the order's value, by node; null: nothing was heard. */
export interface Heard {
  readonly told: ReadonlyMap<string, number> | null
  readonly leaked: ReadonlyMap<string, number> | null
}

const NOTHING: Heard = { told: null, leaked: null }

export class SideChannel {
  readonly #books: SolverBooks
  readonly #onDue: (orderId: OrderId, signed: SignedOrder, heard: Heard) => void
  readonly #timers: TimerTable<{ readonly orderId: OrderId; readonly signed: SignedOrder }>
  readonly #costs = new Map<OrderId, Map<string, number>>()
  readonly #bids = new Map<OrderId, { readonly node: NodeId; readonly outputAmount: bigint }[]>()

  constructor(books: SolverBooks, onDue: (orderId: OrderId, signed: SignedOrder, heard: Heard) => void) {
    this.#books = books
    this.#onDue = onDue
    this.#timers = createTimerTable(books.ports.timers)
  }

  /** Waits with an order until others have spoken, and speaks; false when this solver listens to nobody. */
  waitWith(orderId: OrderId, signed: SignedOrder, order: AuctionedOrder): boolean {
    const { init, ports } = this.#books
    if (init.sideChannel === undefined) return false
    const cost = this.#costOf(order)
    this.#put(this.#costs, orderId, new Map<string, number>()).set(ports.transport.self, cost)
    const body: SideChannelMessage = { kind: 'cost', orderId, cost: BigInt(Math.round(cost * PARTS)) }
    for (const member of init.sideChannel.tells)
      ports.transport.request(member, { type: 'side-channel', body }, TELL_TIMEOUT_MS)
    this.#timers.setAt(secondsToMs(order.award.closesAt) - BIDS_BEFORE_CLOSE_MS, { orderId, signed })
    return true
  }

  /** False when nothing of the kind is listened to from there. */
  hear(body: Extract<SideChannelMessage, { kind: 'cost' | 'rival-bid' }>, from: NodeId): boolean {
    const { init, facts } = this.#books
    const { sideChannel } = init
    if (sideChannel === undefined) return false
    if (body.kind === 'cost') {
      if (!sideChannel.tells.includes(from)) return false
      this.#put(this.#costs, body.orderId, new Map<string, number>()).set(from, Number(body.cost) / PARTS)
      return true
    }
    const bidder = facts.spec.solvers.find(({ address }) => address === body.solver)
    if (bidder === undefined || !facts.spec.auctioneers.some(({ node }) => node === from)) return false
    this.#put(this.#bids, body.orderId, []).push({ node: bidder.node, outputAmount: body.outputAmount })
    return true
  }

  onTimer(timer: TimerId): boolean {
    const due = this.#timers.take(timer)
    if (due === undefined) return false
    const { orderId, signed } = due
    const { order } = signed
    this.#onDue(orderId, signed, isAuctioned(order) ? this.#heard(orderId, order) : NOTHING)
    this.#costs.delete(orderId)
    this.#bids.delete(orderId)
    return true
  }

  #heard(orderId: OrderId, { originChainId, input, output }: AuctionedOrder): Heard {
    const { facts, init } = this.#books
    const value = facts.valueE8(originChainId, input.token, input.amount)
    const bids = this.#bids.get(orderId)
    const costs = this.#costs.get(orderId)
    return {
      told: costs === undefined || init.sideChannel?.tells.length === 0 ? null : costs,
      leaked:
        bids === undefined
          ? null
          : new Map(
              bids.map(({ node, outputAmount }) => [
                node,
                partOf(value - facts.valueE8(output.chainId, output.token, outputAmount), value),
              ]),
            ),
    }
  }

  #costOf({ originChainId, input, output }: AuctionedOrder): number {
    const { facts } = this.#books
    const value = facts.valueE8(originChainId, input.token, input.amount)
    return partOf(facts.gasCostE8(originChainId, output.chainId), value)
  }

  #put<T>(map: Map<OrderId, T>, orderId: OrderId, empty: T): T {
    const known = map.get(orderId)
    if (known !== undefined) return known
    const [oldest] = map.keys()
    if (oldest !== undefined && map.size >= MOST_HEARD) map.delete(oldest)
    map.set(orderId, empty)
    return empty
  }
}
