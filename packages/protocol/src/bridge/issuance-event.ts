// What the issuer of a burn-and-mint asset did, as typed events.
import type { Address } from '@solvent/primitives'

export type IssuanceEvent =
  | {
      readonly kind: 'asset-issued'
      readonly bridge: Address
      readonly token: Address
      readonly amount: bigint
      readonly recipient: Address
    }
  | {
      readonly kind: 'asset-redeemed'
      readonly bridge: Address
      readonly token: Address
      readonly amount: bigint
      readonly holder: Address
    }
