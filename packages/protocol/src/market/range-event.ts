// What happens in a pool of concentrated liquidity, beside the swaps and what every market says of itself (v3-core's Mint,
// Burn with Collect, and the price that Swap carries).
import type { Address } from '@solvent/primitives'

export type RangeEvent = PositionEvent | VaultEvent

export type PositionEvent =
  /** `amount0` and `amount1` came in for the liquidity. */
  | {
      readonly kind: 'range-minted'
      readonly market: Address
      readonly owner: Address
      readonly tickLower: number
      readonly tickUpper: number
      readonly liquidity: bigint
      readonly amount0: bigint
      readonly amount1: bigint
    }
  /** `amount0` and `amount1` are what the liquidity held, `paid0` and `paid1` what left the pool, fees with it. */
  | {
      readonly kind: 'range-burned'
      readonly market: Address
      readonly owner: Address
      readonly recipient: Address
      readonly tickLower: number
      readonly tickUpper: number
      readonly liquidity: bigint
      readonly amount0: bigint
      readonly amount1: bigint
      readonly paid0: bigint
      readonly paid1: bigint
    }
  /** Where a swap left the price: its root times 2^96, its tick, and the liquidity that is in range there. */
  | {
      readonly kind: 'tick-moved'
      readonly market: Address
      readonly sqrtPriceX96: bigint
      readonly tick: number
      readonly liquidity: bigint
    }

/** What of the position comes and goes with it is told by events of the pool, whose owner is the vault. */
export type VaultEvent =
  /** `amount0` and `amount1` came from the owner. */
  | {
      readonly kind: 'vault-shares-minted'
      readonly market: Address
      readonly vault: Address
      readonly owner: Address
      readonly shares: bigint
      readonly amount0: bigint
      readonly amount1: bigint
    }
  /** `amount0` and `amount1` went to the recipient. */
  | {
      readonly kind: 'vault-shares-burned'
      readonly market: Address
      readonly vault: Address
      readonly owner: Address
      readonly recipient: Address
      readonly shares: bigint
      readonly amount0: bigint
      readonly amount1: bigint
    }
