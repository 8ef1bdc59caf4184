// A window at which a lender of last resort lends a coin, out of finite funds, against collateral at a penalty rate: its terms, what a transaction
// asks of it, and what it did. docs/models/discount-window.md. Source: Bagehot, Lombard Street, 1873, ch. VII (lend freely, at a high
// rate, on what is good security in ordinary times).
import type { Address, ChainId } from '@solvent/primitives'
import type { UsedPrice } from '../lending/used-price.ts'
import type { PriceRule } from '../network/oracle-spec.ts'

export interface DiscountWindowSpec {
  readonly kind: 'discount-window'
  readonly name: string
  readonly address: Address
  readonly chainId: ChainId
  /** What it lends. */
  readonly token: Address
  readonly price: PriceRule
  readonly decimals: number
  /** At the start. */
  readonly capital: bigint
  readonly collaterals: readonly WindowCollateral[]
  /** A year, simple, on what was lent. */
  readonly penaltyBps: bigint
  /** After that the pledge is its own. */
  readonly termSeconds: number
  /** Who may borrow; null: everybody. */
  readonly borrowers: readonly Address[] | null
}

export interface WindowCollateral {
  readonly token: Address
  readonly price: PriceRule
  readonly decimals: number
  /** Of its worth, on which nothing is lent. */
  readonly haircutBps: bigint
}

interface OfLoan {
  readonly window: Address
  /** Its number at the window, from 0. */
  readonly loan: number
}

export type DiscountWindowCall =
  | {
      readonly kind: 'draw-window'
      readonly window: Address
      readonly collateral: Address
      readonly pledged: bigint
      readonly amount: bigint
    }
  /** The borrower pays all that it owes and has its pledge back. */
  | (OfLoan & { readonly kind: 'repay-window' })
  /** Anyone, past the term: the pledge stays with the window. */
  | (OfLoan & { readonly kind: 'seize-pledge' })

export type DiscountWindowEvent =
  | (OfLoan & {
      readonly kind: 'window-drawn'
      readonly borrower: Address
      readonly collateral: Address
      readonly pledged: bigint
      readonly amount: bigint
      /** Unix seconds. */
      readonly dueAt: number
      /** Of the coin and of the collateral. */
      readonly prices: readonly UsedPrice[]
    })
  | (OfLoan & { readonly kind: 'window-repaid'; readonly principal: bigint; readonly interest: bigint })
  | (OfLoan & { readonly kind: 'pledge-seized'; readonly unpaid: bigint; readonly pledged: bigint })
