// What a transaction asks of the issuer of a burn-and-mint asset: tokens that enter or leave circulation against money
// outside the chains. Source: Circle Mint; the same contract mints for arriving messages (CCTP).
import type { Address } from '@solvent/primitives'

export type IssuanceCall =
  /** Issuer: mints new tokens on this chain. */
  | {
      readonly kind: 'issue'
      readonly bridge: Address
      readonly token: Address
      readonly amount: bigint
      readonly recipient: Address
    }
  /** Holder: burns its own tokens on this chain; the issuer owes it the money outside. */
  | { readonly kind: 'redeem'; readonly bridge: Address; readonly token: Address; readonly amount: bigint }
