// What nodes tell each other that the rules of an auction do not foresee: members of a ring their costs, an auctioneer that leaks what others
// have bid, a producer what others are about to deliver or what waits in its pool. Unsigned: it travels on an authenticated connection, and nobody who
// says it wants to be quoted.
import type { Address, OrderId } from '@solvent/primitives'
import type { SignedTransaction } from '../chain/transaction.ts'

export type SideChannelMessage =
  /** What delivering the order would cost the sender, in parts of 10^12 of the order's value. */
  | { readonly kind: 'cost'; readonly orderId: OrderId; readonly cost: bigint }
  /** What another has bid; base units of the output token. */
  | {
      readonly kind: 'rival-bid'
      readonly orderId: OrderId
      readonly solver: Address
      readonly outputAmount: bigint
    }
  /** What another is about to deliver: its fill waits at the sender. */
  | {
      readonly kind: 'rival-fill'
      readonly orderId: OrderId
      readonly solver: Address
      readonly outputAmount: bigint
    }
  /** What the sender's pool has taken in and no block holds yet. */
  | { readonly kind: 'pending'; readonly transaction: SignedTransaction }
