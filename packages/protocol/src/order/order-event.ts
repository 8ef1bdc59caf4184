// What the escrow contract did, as typed events.
import type { Address, OrderId } from '@solvent/primitives'
import type { Signature } from '../signature.ts'
import type { Order } from './order.ts'

export type OrderEvent =
  | {
      readonly kind: 'order-opened'
      readonly orderId: OrderId
      readonly order: Order
      readonly signature: Signature
      readonly opener: Address
      /** Who alone may fill until `exclusiveUntil`; the zero address for anyone. */
      readonly exclusiveSolver: Address
      readonly exclusiveUntil: number
      /** The least a fill by the exclusive solver would have to deliver now: awarded amount or the order's price. */
      readonly requiredAmount: bigint
    }
  | { readonly kind: 'order-cancelled'; readonly orderId: OrderId }
  | {
      readonly kind: 'order-filled'
      readonly orderId: OrderId
      readonly order: Order
      readonly solver: Address
      readonly payee: Address
      readonly outputAmount: bigint
      readonly exclusiveSolver: Address
      readonly exclusiveUntil: number
      /** The least that this fill had to deliver at its time, by award or by price, decay and override included. */
      readonly requiredAmount: bigint
    }
  | {
      readonly kind: 'fill-proven'
      readonly orderId: OrderId
      readonly payee: Address
      readonly outputAmount: bigint
      readonly filledAt: number
    }
  | {
      readonly kind: 'order-claimed'
      readonly orderId: OrderId
      readonly payee: Address
      readonly token: Address
      readonly amount: bigint
    }
  | {
      readonly kind: 'order-refunded'
      readonly orderId: OrderId
      readonly user: Address
      readonly token: Address
      readonly amount: bigint
    }
  | { readonly kind: 'nonce-used'; readonly user: Address; readonly nonce: bigint; readonly orderId: OrderId }
