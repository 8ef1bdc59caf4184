// What a transaction asks of the escrow contract (the settler, same role on origin and destination).
import type { Address, OrderId } from '@solvent/primitives'
import type { SignedAward } from '../auction/award.ts'
import type { Signature } from '../signature.ts'
import type { Order } from './order.ts'

export type SettlerCall =
  /** Origin settler: pulls the user's input into escrow on the user's signature (gasless openFor). */
  | {
      readonly kind: 'open'
      readonly order: Order
      readonly signature: Signature
      readonly award: SignedAward | null
    }
  /** Origin settler: the sender takes a part of an order that is awarded in parts; what it opens is an order of its own, see order-part.ts. */
  | {
      readonly kind: 'open-part'
      readonly order: Order
      readonly signature: Signature
      /** Base units of the order's input. */
      readonly input: bigint
      /** Tells parts apart that one solver takes. */
      readonly salt: number
    }
  /**
   * Origin settler: the user gives an order up. Not yet open: its nonce is used and it can never be opened. Open: only
   * when now > expires, because until then the proof of a fill may be on its way; refundable at once.
   */
  | { readonly kind: 'cancel'; readonly order: Order }
  /** Destination settler: delivers `amount` to the order's recipient from the sender; `payee` is paid on the origin. */
  | {
      readonly kind: 'fill'
      readonly order: Order
      readonly award: SignedAward | null
      readonly amount: bigint
      readonly payee: Address
    }
  /** Origin settler: pays a proven order's escrow to the payee. Anyone may call it. */
  | { readonly kind: 'claim'; readonly orderId: OrderId }
  /** Origin settler: returns the escrow to the user when refundable. Anyone may call it. */
  | { readonly kind: 'refund'; readonly orderId: OrderId }
