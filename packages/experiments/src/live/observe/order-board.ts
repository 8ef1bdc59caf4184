// The orders of a live network as far as its nodes' events tell of them.
import type { NetworkPlan } from '../../assembly/network-plan.ts'
import type { LoggedEvent } from '../../store/logged-events.ts'
import { type Names, namesOf } from '../../store/network-rows.ts'
import { fillDeadlineMs } from '../../store/order-times.ts'

/** Times are virtual ms since the start; null: not yet. */
export interface BoardedOrder {
  readonly label: string
  readonly order_id: string
  /** `settled` once the solver was paid, `rejected` when its auction ended without a bid; else `pending`. */
  readonly end: 'pending' | 'settled' | 'rejected'
  readonly origin_chain: string
  readonly destination_chain: string
  readonly bridge: string
  readonly winner: string | null
  readonly receivable: string | null
  readonly signed_ms: number | null
  /** The last moment for a fill. */
  readonly deadline_ms: number | null
  readonly awarded_ms: number | null
  readonly filled_ms: number | null
  readonly proven_ms: number | null
  readonly claimed_ms: number | null
}

interface SignedOrder {
  readonly nonce: string
  readonly originChainId: number
  readonly output: { readonly chainId: number }
  readonly prover: string
}

type Row = { -readonly [field in keyof BoardedOrder]: BoardedOrder[field] }

export class OrderBoard {
  readonly #names: Names
  readonly #genesisMs: number
  readonly #rows = new Map<string, Row>()

  constructor(plan: NetworkPlan) {
    this.#names = namesOf(plan)
    this.#genesisMs = plan.spec.genesisMs
  }

  get orders(): readonly BoardedOrder[] {
    return [...this.#rows.values()]
  }

  /** @returns the order that the event changes, or null */
  take({ atMs, node, kind, orderId, payload }: LoggedEvent): BoardedOrder | null {
    if (orderId === null) return null
    if (kind === 'order-signed') return this.#sign(orderId, node, atMs, payload)
    const row = this.#rows.get(orderId)
    if (row === undefined) return null
    if (kind === 'auction-closed') {
      const { winner } = payload.award as { winner: string | null }
      row.awarded_ms ??= atMs - this.#genesisMs
      if (winner !== null) row.winner = this.#names.solver(winner)
      return row
    }
    if (kind === 'order-refused') {
      row.end = 'rejected'
      return row
    }
    if (kind !== 'receivable') return null
    return this.#claim(row, node, atMs - this.#genesisMs, String(payload.state))
  }

  #sign(orderId: string, node: string, atMs: number, payload: LoggedEvent['payload']): BoardedOrder {
    const order = payload.order as SignedOrder
    const row: Row = {
      label: `${node}/${order.nonce}`,
      order_id: orderId,
      end: 'pending',
      origin_chain: this.#names.chain(order.originChainId),
      destination_chain: this.#names.chain(order.output.chainId),
      bridge: this.#names.bridge(order.prover),
      winner: null,
      receivable: null,
      signed_ms: atMs - this.#genesisMs,
      deadline_ms: fillDeadlineMs(payload) - this.#genesisMs,
      awarded_ms: null,
      filled_ms: null,
      proven_ms: null,
      claimed_ms: null,
    }
    this.#rows.set(orderId, row)
    return row
  }

  #claim(row: Row, solver: string, atMs: number, state: string): BoardedOrder {
    row.receivable = state
    row.winner ??= solver
    if (state === 'held') row.filled_ms ??= atMs
    if (state === 'proven') row.proven_ms ??= atMs
    if (state === 'claimed') {
      row.claimed_ms ??= atMs
      row.end = 'settled'
    }
    return row
  }
}
