import type { Address } from '@solvent/primitives'

/** A price that a decision rested on, as the oracle gave it. */
export interface UsedPrice {
  readonly token: Address
  readonly oracle: Address
  readonly priceE8: bigint
  /** Unix seconds. */
  readonly updatedAt: number
}
