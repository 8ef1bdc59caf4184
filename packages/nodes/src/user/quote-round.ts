// One request for quotes: a few solvers are asked at once, the best answer in the window counts.
import { type Address, type Hash32, hashCanonical, type NodeId } from '@solvent/primitives'
import type { NetworkSpec, QuoteRequest, SignedQuote } from '@solvent/protocol'
import type { OrderFlow } from './order-flow.ts'
import type { PlannedOrder } from './order-plan.ts'
import { type ChosenQuote, momentsOf } from './order-terms.ts'

/** Solvers asked for one order, at most. */
export const MAX_ASKED = 8

export class QuoteRound {
  readonly request: QuoteRequest
  /** Whom to ask, and the account that must sign the answer. */
  readonly asked: ReadonlyMap<NodeId, Address>
  readonly #waiting: Set<NodeId>
  readonly #minAmount: bigint
  #best: ChosenQuote | null = null

  constructor(planned: PlannedOrder, flow: OrderFlow, spec: NetworkSpec, user: Address) {
    const { fillDeadline, expires } = momentsOf(planned, flow)
    this.request = {
      quoteId: quoteIdOf(user, planned.index),
      originChainId: planned.origin,
      inputToken: planned.inputToken,
      inputAmount: planned.inputAmount,
      outputChainId: planned.destination,
      outputToken: planned.outputToken,
      prover: planned.prover,
      fillDeadline,
      expires,
    }
    const asked = new Map<NodeId, Address>()
    for (const node of planned.solvers.slice(0, MAX_ASKED)) {
      const solver = spec.solvers.find((each) => each.node === node)
      if (solver !== undefined) asked.set(node, solver.address)
    }
    this.asked = asked
    this.#waiting = new Set(asked.keys())
    this.#minAmount = planned.minAmount
  }

  /** Takes a solver's answer (null: it declined); `now` in Unix seconds. Ties go to the lower address. */
  answer(from: NodeId, signed: SignedQuote | null, now: number): void {
    if (!this.#waiting.delete(from) || signed === null) return
    const { quoteId, solver, outputAmount, validUntil } = signed.quote
    if (quoteId !== this.request.quoteId || solver !== this.asked.get(from)) return
    if (validUntil < now || outputAmount < this.#minAmount) return
    const best = this.#best
    if (
      best === null ||
      outputAmount > best.outputAmount ||
      (outputAmount === best.outputAmount && solver < best.solver)
    ) {
      this.#best = { solver, outputAmount }
    }
  }

  /** Everybody has answered. */
  get isComplete(): boolean {
    return this.#waiting.size === 0
  }

  /** The best quote so far, or null. */
  get best(): ChosenQuote | null {
    return this.#best
  }
}

/** Unique for each (user, order), the same in every run. */
export function quoteIdOf(user: Address, index: number): Hash32 {
  return hashCanonical({ quote: index, user })
}
