// Contracts through which orders buy derivatives: what a fill delivers to one becomes a position of the order's user in the same transaction, or
// nothing happens. As receivers of tokens with a call do (ERC-1363 `onTransferReceived`; hooks of CoW, messages of Across). docs/models/purchase.md.
import type { Address, ChainId } from '@solvent/primitives'
import { contractAddress } from '../signing/account.ts'

export const perpetualSides = ['long', 'short'] as const

/** What is bought with all that is delivered. */
export type Purchase =
  /** As much cover as it is the premium of. */
  | { readonly kind: 'cover'; readonly cover: Address }
  /** As many units as it pays for at the desk's price of that moment. */
  | { readonly kind: 'option'; readonly desk: Address; readonly series: string }
  /** It is the margin, isolated, of a position so many times as large at the index. */
  | {
      readonly kind: 'perpetual'
      readonly house: Address
      readonly market: string
      readonly side: (typeof perpetualSides)[number]
      readonly leverageBps: bigint
    }

export interface PurchaseSpec {
  readonly address: Address
  readonly chainId: ChainId
  /** What it takes: the coin of what it buys. */
  readonly token: Address
  readonly buys: Purchase
}

/** Where the contract for a purchase is; `name` says all that it does, e.g. `option/desk/put-49000`. */
export function purchaseAddress(name: string): Address {
  return contractAddress('purchase', name)
}
