// A fund of assets outside the chain whose shares are a token on it: its terms, what a transaction asks of it, and what it did. Its marks are the
// answers of its oracle. docs/models/nav-fund.md.
import type { Address, ChainId } from '@solvent/primitives'
import type { PriceRule } from '../network/oracle-spec.ts'

/** At which mark a redemption is paid. */
export const navPricings = ['request', 'payment'] as const
export type NavPricing = (typeof navPricings)[number]

/** The most redemptions that wait at one time. */
export const MOST_REDEMPTIONS = 256

export interface NavFundSpec {
  readonly kind: 'nav-fund'
  readonly name: string
  readonly address: Address
  readonly chainId: ChainId
  /** What redemptions are paid in. */
  readonly token: Address
  /** As many decimals as the coin. */
  readonly share: Address
  /** Coins at the start. */
  readonly buffer: bigint
  /** Its oracle tells the mark, of a whole share in whole coins. */
  readonly index: PriceRule
  /** Until the oracle says something, of the start. */
  readonly startMarkE8: bigint
  /** From a request to its payment at the earliest. */
  readonly noticeSeconds: number
  readonly pricedAt: NavPricing
  /** Of the shares of the moment, at most so many are paid between two marks. */
  readonly gateBps: bigint
}

interface OfFund {
  readonly navFund: Address
}

export type NavFundCall =
  | (OfFund & { readonly kind: 'subscribe-nav'; readonly amount: bigint })
  | (OfFund & { readonly kind: 'request-redemption'; readonly shares: bigint })
  /** Pays the queue from its head; anyone may ask. */
  | (OfFund & { readonly kind: 'pay-redemptions' })
  /** What assets outside were sold for comes in; from anyone. */
  | (OfFund & { readonly kind: 'fill-buffer'; readonly amount: bigint })

interface AtMark extends OfFund {
  readonly markE8: bigint
  /** Unix seconds. */
  readonly markedAt: number
}

export interface NavPayment {
  readonly holder: Address
  readonly shares: bigint
  readonly amount: bigint
}

export type NavFundEvent =
  | (AtMark & {
      readonly kind: 'nav-subscribed'
      readonly holder: Address
      readonly amount: bigint
      readonly shares: bigint
    })
  | (AtMark & { readonly kind: 'redemption-requested'; readonly holder: Address; readonly shares: bigint })
  | (AtMark & { readonly kind: 'redemptions-paid'; readonly payments: readonly NavPayment[] })
  | (OfFund & { readonly kind: 'buffer-filled'; readonly from: Address; readonly amount: bigint })
