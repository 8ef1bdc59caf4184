// A fund that sells cover against a price that stays below a level, on one chain: its terms, what a transaction asks of it, and what it did.
// docs/models/cover.md.
import type { Address, ChainId } from '@solvent/primitives'
import type { PriceRule } from '../network/oracle-spec.ts'

/** How claims are paid when capital is short: all alike, or the first in full. */
export const coverPayments = ['pro-rata', 'first-come'] as const
export type CoverPayment = (typeof coverPayments)[number]

export interface CoverSpec {
  readonly kind: 'cover'
  readonly name: string
  readonly address: Address
  readonly chainId: ChainId
  readonly token: Address
  /** At the start. */
  readonly capital: bigint
  readonly index: PriceRule
  readonly levelE8: bigint
  /** So long without a break below the level … */
  readonly forSeconds: number
  /** … and not after this, Unix seconds. */
  readonly until: number
  /** Of the cover, for the whole term. */
  readonly premiumBps: bigint
  /** Cover sold over capital. */
  readonly leverageBps: bigint
  readonly payment: CoverPayment
}

export type CoverCall =
  | { readonly kind: 'buy-cover'; readonly cover: Address; readonly amount: bigint }
  /** Has the fund look at its oracle; anyone may. */
  | { readonly kind: 'note-stress'; readonly cover: Address }
  /** Pays a holder; anyone may ask. */
  | { readonly kind: 'claim-cover'; readonly cover: Address; readonly holder: Address }

export type CoverEvent =
  | {
      readonly kind: 'cover-bought'
      readonly cover: Address
      readonly holder: Address
      readonly amount: bigint
      readonly premium: bigint
    }
  | {
      readonly kind: 'stress-noted'
      readonly cover: Address
      /** Null where the oracle's rule refused one. */
      readonly priceE8: bigint | null
      /** Up to now, without a break. */
      readonly belowSeconds: number
      /** Unix seconds; null while it has not come to it. */
      readonly triggeredAt: number | null
    }
  | {
      readonly kind: 'cover-claimed'
      readonly cover: Address
      readonly holder: Address
      readonly covered: bigint
      readonly paid: bigint
    }
