// What a solver's strategy is told of tenders: who it bids against, and what became of each auction whose award is heard. What the
// strategy has learned is in the store, so that a restart does not forget it.
import {
  type Address,
  type CanonicalValue,
  decodeCanonical,
  encodeCanonical,
  type OrderId,
  ZERO_ADDRESS,
} from '@solvent/primitives'
import type { Award, Order } from '@solvent/protocol'
import { partOf, type TenderView } from '@solvent/strategies'
import { paySides } from './side-payments.ts'
import type { SolverBooks } from './solver-books.ts'

const MEMORY_KEY = 'strategy/memory'
/** So many auctions are remembered as told, against awards that come twice. */
const MOST_TOLD = 4_096

/** What of an order or a request a market can be divided by. */
export interface TenderSubject {
  readonly id: string
  /** Unix seconds: when offers close. */
  readonly time: number
  readonly output: { readonly chainId: Order['output']['chainId']; readonly token: Address }
  readonly user: string
}

/** A tender as this solver sees it, beside its economics: every solver of the network is known to bid. */
export function tenderView(
  { facts, ports }: SolverBooks,
  { id, time, output, user }: TenderSubject,
): TenderView {
  return {
    id,
    time,
    self: ports.transport.self,
    bidders: facts.spec.solvers.map(({ node }) => node),
    market: {
      chain: facts.chain(output.chainId)?.name ?? String(output.chainId),
      asset: facts.token(output.chainId, output.token)?.symbol ?? output.token,
      user,
    },
  }
}

export class TenderDesk {
  readonly #books: SolverBooks
  readonly #told = new Set<OrderId>()

  constructor(books: SolverBooks) {
    this.#books = books
  }

  /** After a restart: what the strategy had learned. */
  resume(): void {
    const saved = this.#books.ports.store.get(MEMORY_KEY)
    if (saved !== undefined) this.#books.strategy.memory?.restore(decodeCanonical(saved) as CanonicalValue)
  }

  /** An award of a known order, its bids in the open; whether it is honoured is known of one's own alone. */
  onAward(award: Award, order: Order, isHonoured: boolean): void {
    const { strategy, ports, facts } = this.#books
    if (strategy.learn === undefined || order.award.by !== 'auctioneer') return
    if (this.#told.has(award.orderId)) return
    const [oldest] = this.#told
    if (oldest !== undefined && this.#told.size >= MOST_TOLD) this.#told.delete(oldest)
    this.#told.add(award.orderId)
    const { input, output, originChainId } = order
    const valueE8 = facts.valueE8(originChainId, input.token, input.amount)
    const priceOf = (amount: bigint) =>
      partOf(valueE8 - facts.valueE8(output.chainId, output.token, amount), valueE8)
    const nodes = new Map(facts.spec.solvers.map(({ address, node }) => [address, node]))
    const reserve = priceOf(output.minAmount)
    const isWon = award.winner !== ZERO_ADDRESS
    const { rule, closesAt: time } = order.award
    const { self: _self, ...view } = tenderView(this.#books, {
      id: award.orderId,
      time,
      output,
      user: order.user,
    })
    const outcome = {
      ...view,
      rule,
      reserve,
      winner: isWon ? (nodes.get(award.winner) ?? award.winner) : null,
      paid: isWon ? priceOf(award.outputAmount) : reserve,
      faded: isHonoured || award.winner !== this.#books.self ? [] : [ports.transport.self],
      prices: new Map(
        award.bids.map((bid) => [nodes.get(bid.solver) ?? bid.solver, priceOf(bid.outputAmount)]),
      ),
    }
    if (isWon && award.winner === this.#books.self && isHonoured && strategy.owes !== undefined)
      paySides(this.#books, award.orderId, order, strategy.owes(outcome))
    strategy.learn(outcome)
    if (strategy.memory !== undefined) ports.store.put(MEMORY_KEY, encodeCanonical(strategy.memory.save()))
  }
}
