// What a provider asks of a pool of concentrated liquidity. Terms as in Uniswap v3-periphery, NonfungiblePositionManager.sol
// (mint, decreaseLiquidity with collect): up to two amounts in, at least two out, a deadline. A position belongs to whoever
// sends the call; there is no token for it. A vault's position belongs to the holders of the vault's token (Gelato, GUniPool.sol).
import type { Address } from '@solvent/primitives'

export type RangeCall = PositionCall | VaultCall

export type PositionCall =
  /** Provides between two ticks as much liquidity as both amounts allow. */
  | {
      readonly kind: 'mint-range'
      readonly market: Address
      readonly tickLower: number
      readonly tickUpper: number
      readonly amount0: bigint
      readonly amount1: bigint
      readonly minAmount0: bigint
      readonly minAmount1: bigint
      readonly deadline: number
    }
  /** Takes liquidity out and collects all that the position is owed; with a liquidity of 0 it only collects. */
  | {
      readonly kind: 'burn-range'
      readonly market: Address
      readonly tickLower: number
      readonly tickUpper: number
      readonly liquidity: bigint
      readonly minAmount0: bigint
      readonly minAmount1: bigint
      readonly recipient: Address
      readonly deadline: number
    }

export type VaultCall =
  /** Pays into a vault in the ratio in which it holds both tokens, for as many shares as both amounts allow. */
  | {
      readonly kind: 'mint-vault-shares'
      readonly market: Address
      readonly vault: Address
      readonly amount0: bigint
      readonly amount1: bigint
      readonly minShares: bigint
      readonly deadline: number
    }
  /** Gives shares back for their part of the position, and of the fees that it has earned. */
  | {
      readonly kind: 'burn-vault-shares'
      readonly market: Address
      readonly vault: Address
      readonly shares: bigint
      readonly minAmount0: bigint
      readonly minAmount1: bigint
      readonly recipient: Address
      readonly deadline: number
    }
