// What a transaction asks of a clearing house of perpetual futures.
import type { Address } from '@solvent/primitives'
import type { NewBookOrder } from '../market/book-call.ts'
import type { MarginKind } from './perpetual-spec.ts'

interface OfMarket {
  readonly house: Address
  /** The market's name. */
  readonly perpetual: string
}

/** Cross margin is one for all markets: the one named with it does not matter. */
interface OfAccount extends OfMarket {
  readonly margin: MarginKind
}

export type PerpetualCall =
  | (OfAccount & { readonly kind: 'deposit-margin' | 'withdraw-margin'; readonly amount: bigint })
  | (OfAccount & {
      readonly kind: 'trade-perpetual'
      /** Base units of the underlying; below 0 sells. */
      readonly units: bigint
      /** The least cash (below 0: costs at most its opposite); null for any. */
      readonly minCash: bigint | null
    })
  /** On an order book; what it may cost at its limit is under margin from now on. */
  | (OfAccount & NewBookOrder & { readonly kind: 'order-perpetual' })
  /** All that the account has waiting in the market's book. */
  | (OfAccount & { readonly kind: 'cancel-perpetual-orders' })
  | (OfMarket & { readonly kind: 'pay-funding' })
  | (OfAccount & { readonly kind: 'liquidate-perpetual'; readonly owner: Address })
