// What a transaction asks of a custodian's contract.
import type { Address } from '@solvent/primitives'

export interface EstateClaim {
  readonly holder: Address
  readonly amount: bigint
}

/** The most claims that one schedule lists. */
export const MOST_ESTATE_CLAIMS = 256

export type CustodianCall =
  /** The custodian says that it pays no more. */
  | { readonly kind: 'halt-withdrawals'; readonly custodian: Address }
  /** It hands over all coins at its address, and lists who is owed what. */
  | {
      readonly kind: 'wind-up-custodian'
      readonly custodian: Address
      readonly claims: readonly EstateClaim[]
    }
  /** Pays a holder his part of what was handed over; anyone may ask. */
  | { readonly kind: 'claim-estate'; readonly custodian: Address; readonly holder: Address }
