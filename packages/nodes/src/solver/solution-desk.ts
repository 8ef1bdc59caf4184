// Solutions of batches: one for each directed pair that has orders in the batch, and one for all pairs together, in which every order gets a
// little more when the solver says so. Sent just before the batch closes, stored before. After a restart stored solutions leave again, but
// what they win is let pass: the inventory was set aside by the process that ended.
import type { Inbound, RequestId, TimerId } from '@solvent/ports'
import { type Address, BPS, mulDivFloor, type OrderId, secondsToMs } from '@solvent/primitives'
import {
  MAX_SOLUTION_ITEMS,
  type SignedSolution,
  type SolutionItem,
  type SolventVocabulary,
  solutionDigest,
} from '@solvent/protocol'
import type { AuctionedOrder } from '../parts/auctioned-order.ts'
import { createRequestTable, type RequestTable } from '../parts/request-table.ts'
import { createTimerTable, type TimerTable } from '../parts/timer-table.ts'
import type { SolverBooks } from './solver-books.ts'

/** Before the close: orders may still come, and the solution must be there in time. */
const LEAD_MS = 2_000
const REQUEST_TIMEOUT_MS = 20_000
const RETRY_MS = 500

interface OfferedOrder {
  readonly orderId: OrderId
  readonly pair: string
  /** Alone, and together with other pairs. */
  readonly alone: bigint
  readonly together: bigint
}

interface Batch {
  readonly auctioneer: Address
  readonly closesAt: number
  readonly orders: OfferedOrder[]
}

export class SolutionDesk {
  readonly #books: SolverBooks
  readonly #batches = new Map<string, Batch>()
  readonly #timers: TimerTable<string | SignedSolution>
  readonly #requests: RequestTable<SignedSolution>

  constructor(books: SolverBooks) {
    this.#books = books
    this.#timers = createTimerTable(books.ports.timers)
    this.#requests = createRequestTable(books.ports.transport)
  }

  /** The most that an order may cost this solver when it would give `amount` for it alone. */
  togetherWith(amount: bigint): bigint {
    return amount + mulDivFloor(amount, BigInt(this.#books.init.bundleBps ?? 0), BPS)
  }

  /** Another order of a batch; false when its solutions have left. */
  add(orderId: OrderId, order: AuctionedOrder, amounts: Pick<OfferedOrder, 'alone' | 'together'>): boolean {
    const { auctioneer, closesAt } = order.award
    const sendsAtMs = secondsToMs(closesAt) - LEAD_MS
    if (this.#books.ports.clock.nowMs() > sendsAtMs) return false
    const key = `${auctioneer}/${closesAt}`
    const batch = this.#batches.get(key) ?? { auctioneer, closesAt, orders: [] }
    if (batch.orders.length === 0) {
      this.#batches.set(key, batch)
      this.#timers.setAt(sendsAtMs, key)
    }
    const { originChainId, input, output } = order
    const pair = `${originChainId}/${input.token}/${output.chainId}/${output.token}`
    batch.orders.push({ orderId, pair, ...amounts })
    return true
  }

  onTimer(timer: TimerId): boolean {
    const due = this.#timers.take(timer)
    if (due === undefined) return false
    if (typeof due !== 'string') this.#send(due)
    else {
      const batch = this.#batches.get(due)
      this.#batches.delete(due)
      if (batch !== undefined) this.#propose(batch)
    }
    return true
  }

  onMessage(inbound: Extract<Inbound<SolventVocabulary>, { via: 'reply' | 'failure' }>): boolean {
    const signed = this.#requests.take(inbound.request as RequestId)
    if (signed === undefined) return false
    const isUnheard = inbound.via === 'failure'
    const isTooEarly =
      !isUnheard && inbound.message.type === 'receipt' && inbound.message.body.reason === 'unknown-order'
    // The auctioneer may not have all orders yet.
    if (isUnheard || isTooEarly) this.#timers.set(RETRY_MS, signed)
    return true
  }

  resume(): void {
    this.#books.outbox.resume<SignedSolution>('solution/', ({ value, slot }) => {
      if (this.#books.nowSeconds() > value.solution.closesAt) this.#books.outbox.forget(slot)
      else this.#send(value)
    })
  }

  #propose({ auctioneer, closesAt, orders }: Batch): void {
    const pairs = [...new Set(orders.map(({ pair }) => pair))].sort((a, b) => (a < b ? -1 : 1))
    const item = (orderId: OrderId, outputAmount: bigint): SolutionItem => ({ orderId, outputAmount })
    const solutions = pairs.map((pair) =>
      orders.filter((each) => each.pair === pair).map(({ orderId, alone }) => item(orderId, alone)),
    )
    if (pairs.length > 1) solutions.push(orders.map(({ orderId, together }) => item(orderId, together)))
    solutions.forEach((items, index) => {
      const inOrder = [...items].sort((a, b) => (a.orderId < b.orderId ? -1 : 1)).slice(0, MAX_SOLUTION_ITEMS)
      this.#commit({ auctioneer, solver: this.#books.self, closesAt, items: inOrder }, index)
    })
  }

  #commit(solution: SignedSolution['solution'], index: number): void {
    const { outbox, ports, self } = this.#books
    const hash = solutionDigest(solution)
    const signed: SignedSolution = { solution, signature: ports.signer.sign(hash) }
    const slot = `solution/${solution.auctioneer}/${solution.closesAt}/${index}`
    outbox.commit({ slot, digest: hash, value: signed }, () => {
      for (const { orderId, outputAmount } of solution.items)
        ports.log.event({ kind: 'bid-placed', orderId, solver: self, outputAmount, bidHash: hash })
      this.#send(signed)
    })
  }

  #send(signed: SignedSolution): void {
    const { facts, nowSeconds } = this.#books
    const node = facts.auctioneer(signed.solution.auctioneer)
    if (node === undefined || nowSeconds() > signed.solution.closesAt) return
    this.#requests.ask(node, { type: 'solution', body: signed }, REQUEST_TIMEOUT_MS, signed)
  }
}
