// Orders that are taken in parts: how much of each this solver takes, and when. It takes as much as is left of the order, as its free inventory
// covers and as its limits allow, once the price has come down to what it offers for so much. The part is an order of its own for it from
// then on. Who comes too late for a part (another took more than was left) tries again for what is left. docs/models/solver.md.
import type { TimerId } from '@solvent/ports'
import { type ChainId, mulDivFloor, type OrderId } from '@solvent/primitives'
import {
  type Call,
  type ChainEvent,
  leastPart,
  type Order,
  orderDigest,
  orderPart,
  type SignedOrder,
} from '@solvent/protocol'
import { createTimerTable, type TimerTable } from '../parts/timer-table.ts'
import { dealOfOrder } from './deal.ts'
import type { EngagementDesk } from './engagement-desk.ts'
import { cheapFromMs, expectedPrice } from './expected-price.ts'
import { type Pricing, priceDeal } from './price-desk.ts'
import { slowCutoff } from './slow-ledger.ts'
import type { SolverBooks } from './solver-books.ts'

/** Orders that are watched at one time. */
const MAX_WATCHED = 1_024

/** An order of which there may be something to take. */
interface Watched {
  readonly wholeId: OrderId
  readonly signed: SignedOrder
  /** Base units of the input that parts have taken on the branch that is followed. */
  taken: bigint
  /** Parts that this solver has tried to take. */
  tries: number
  /** The part whose opening is on its way; null: none. */
  pending: OrderId | null
}

/** Tries for one order, at most: somebody who always comes first must not keep us busy. */
const MAX_TRIES = 16

interface Part {
  readonly order: Order
  readonly pricing: Extract<Pricing, { status: 'offer' }>
}

export class PartsDesk {
  readonly #books: SolverBooks
  readonly #desk: EngagementDesk
  readonly #watched = new Map<OrderId, Watched>()
  readonly #timers: TimerTable<OrderId>

  constructor(books: SolverBooks, desk: EngagementDesk) {
    this.#books = books
    this.#desk = desk
    this.#timers = createTimerTable(books.ports.timers)
  }

  /** An order in parts has been heard of. */
  consider(wholeId: OrderId, signed: SignedOrder): void {
    if (this.#watched.size >= MAX_WATCHED) return
    const watched = { wholeId, signed, taken: 0n, tries: 0, pending: null }
    this.#watched.set(wholeId, watched)
    this.#try(watched)
  }

  onTimer(timer: TimerId): boolean {
    const wholeId = this.#timers.take(timer)
    if (wholeId === undefined) return false
    const watched = this.#watched.get(wholeId)
    if (watched !== undefined) this.#try(watched)
    return true
  }

  /** A part is open, by whomever, or is so no more. */
  onPart(
    call: Extract<Call, { kind: 'open-part' }>,
    event: Extract<ChainEvent, { kind: 'order-opened' }>,
    sign: 1n | -1n,
  ): void {
    const watched = this.#watched.get(orderDigest(call.order))
    if (watched === undefined) return
    watched.taken += sign * event.order.input.amount
    if (watched.pending === event.orderId) watched.pending = null
    this.#try(watched)
  }

  /** A block of this chain has come: a part that failed, or inventory that is free again, is a new chance. */
  onBlock(chainId: ChainId): void {
    for (const watched of this.#watched.values()) {
      const { order } = watched.signed
      if (order.originChainId === chainId || order.output.chainId === chainId) this.#try(watched)
    }
  }

  #try(watched: Watched): void {
    const { signed, wholeId } = watched
    const { order } = signed
    if (this.#books.nowSeconds() > order.openDeadline) {
      this.#watched.delete(wholeId)
      return
    }
    if (watched.pending !== null) {
      if (this.#desk.find(watched.pending)?.stage === 'opening') return
      watched.pending = null
    }
    if (watched.tries >= MAX_TRIES) return
    const part = this.#part(watched)
    if (part === null) return
    const offer = part.pricing.outputAmount
    if (offer < expectedPrice(part.order, this.#books.fillMoment(order.output.chainId)))
      this.#waitForPrice(watched, part)
    else this.#take(watched, part)
  }

  /** The largest part that this solver would take now, and what it would deliver for it. */
  #part({ signed, wholeId, taken, tries }: Watched): Part | null {
    const { order } = signed
    const { award } = order
    if (award.by !== 'parts') return null
    const left = order.input.amount - taken
    const input = least(left, this.#affordable(order))
    if (input <= 0n || (input < left && input < leastPart(order.input.amount, award.leastPartBps)))
      return null
    const part = orderPart(order, wholeId, { solver: this.#books.self, input, salt: tries })
    const now = this.#books.nowSeconds()
    const pricing = priceDeal(this.#books, dealOfOrder(part, now), {
      use: 'dutch',
      cutoff: slowCutoff(now, order.fillDeadline),
      pastAuctions: [],
      tender: { id: wholeId, time: now, user: order.user },
    })
    return pricing.status === 'offer' ? { order: part, pricing } : null
  }

  /** How much of the input free inventory and the limit on the bridge allow. What is delivered is worth about what comes in. */
  #affordable({ input, output, originChainId, prover }: Order): bigint {
    const { inventory, exposure, facts, init } = this.#books
    const valueE8 = facts.valueE8(originChainId, input.token, input.amount)
    if (valueE8 <= 0n) return 0n
    const freeE8 = facts.valueE8(output.chainId, output.token, inventory.free(output.chainId, output.token))
    const room = init.risk.maxExposurePerBridgeE8 - exposure.of(prover)
    return mulDivFloor(input.amount, largest(0n, least(freeE8, room)), valueE8)
  }

  #take(watched: Watched, { order, pricing }: Part): void {
    const { signed, tries } = watched
    const orderId = orderDigest(order)
    const { outputAmount: offer, terms } = pricing
    const engagement = this.#desk.begin({
      orderId,
      signed: { order, signature: signed.signature },
      terms,
      basis: 'part',
      stage: 'opening',
      offer,
      reserve: 'fill',
    })
    if (engagement === null) return
    watched.tries += 1
    watched.pending = orderId
    this.#desk.keep(engagement, this.#books.nowSeconds())
    const { order: whole, signature } = signed
    this.#books.send({
      chainId: whole.originChainId,
      ref: `open/${orderId}`,
      call: { kind: 'open-part', order: whole, signature, input: order.input.amount, salt: tries },
      deadlineMs: (whole.openDeadline + 1) * 1_000,
    })
  }

  /** Comes back when the price of the part has come down to the offer. */
  #waitForPrice({ wholeId }: Watched, { order, pricing: { outputAmount } }: Part): void {
    const { facts, ports } = this.#books
    const nowMs = ports.clock.nowMs()
    const atMs = cheapFromMs(order, outputAmount, facts.spec, nowMs)
    if (atMs !== null && atMs > nowMs) this.#timers.setAt(atMs, wholeId)
  }
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

function largest(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
