// What a custodian's contract did.
import type { Address } from '@solvent/primitives'

export type CustodianEvent =
  | { readonly kind: 'withdrawals-halted'; readonly custodian: Address }
  | {
      readonly kind: 'custodian-wound-up'
      readonly custodian: Address
      /** Handed over, for claims that add up to `owed`. */
      readonly assets: bigint
      readonly owed: bigint
    }
  | {
      readonly kind: 'estate-claimed'
      readonly custodian: Address
      readonly holder: Address
      readonly claim: bigint
      readonly paid: bigint
    }
