// What the audit knows of one order, from the blocks of its two chains, in whatever order they arrive.
import type { Address, ChainId, OrderId } from '@solvent/primitives'
import type { Order } from '@solvent/protocol'

/** The origin half of the life of an order; `signed` is an order that its origin has not seen. */
export type OriginState = 'signed' | 'open' | 'proven' | 'settled' | 'cancelled' | 'refunded'

/** The fill, as its destination chain recorded it. */
export interface FillRecord {
  readonly chainId: ChainId
  readonly block: number
  /** Chain time, Unix seconds. */
  readonly timestamp: number
  readonly solver: Address
  readonly payee: Address
  readonly outputAmount: bigint
  /** The recipient was credited at least `outputAmount` of the output token in that transaction. */
  readonly isDelivered: boolean
}

/** The proof, as the origin chain accepted it. */
export interface ProofRecord {
  readonly payee: Address
  readonly outputAmount: bigint
  readonly filledAt: number
  /** Chain time of the origin, Unix seconds, when it was delivered and when the escrow paid for it (null: not yet). */
  readonly provenAt: number
  /** It came in a message that was declared forged: its chain holds no such fill, and must not. */
  readonly isForged: boolean
}

export interface OrderRecord {
  readonly id: OrderId
  readonly order: Order
  state: OriginState
  wasOpened: boolean
  wasCancelled: boolean
  isSettled: boolean
  isRefunded: boolean
  /** Base units of the input that the escrow has paid out. */
  paid: bigint
  /** Chain time of the end, Unix seconds; 0 before. */
  endedAt: number
  proof: ProofRecord | null
  fill: FillRecord | null
  /** Settled, and its fill not seen yet: O-6 waits. */
  awaitsFill: boolean
}

export class OrderTable {
  readonly #orders = new Map<OrderId, OrderRecord>()

  get(id: OrderId): OrderRecord | undefined {
    return this.#orders.get(id)
  }

  /** The record of an order, made when it is new. */
  of(id: OrderId, order: Order): OrderRecord {
    const known = this.#orders.get(id)
    if (known !== undefined) return known
    const record: OrderRecord = {
      id,
      order,
      state: 'signed',
      wasOpened: false,
      wasCancelled: false,
      isSettled: false,
      isRefunded: false,
      paid: 0n,
      endedAt: 0,
      proof: null,
      fill: null,
      awaitsFill: false,
    }
    this.#orders.set(id, record)
    return record
  }

  all(): IterableIterator<OrderRecord> {
    return this.#orders.values()
  }
}
