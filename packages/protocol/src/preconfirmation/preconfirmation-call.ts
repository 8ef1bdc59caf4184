// What a transaction asks of the contract that holds producers' bonds.
import type { SignedPreconfirmation } from './preconfirmation.ts'

export type PreconfirmationCall =
  /** A producer puts up (more of) its bond, in the gas token. */
  | { readonly kind: 'bond-preconfirmations'; readonly amount: bigint }
  /** Shows that a promise was broken; by anyone, after the block that it names. */
  | { readonly kind: 'prove-broken-promise'; readonly promise: SignedPreconfirmation }
