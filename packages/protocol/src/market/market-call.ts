// What a transaction asks of a market. Terms as in Uniswap v2-periphery, UniswapV2Router02.sol: a least output, least
// amounts, a deadline in Unix seconds of the block up to which the call is carried out.
import type { Address } from '@solvent/primitives'
import type { BookCall } from './book-call.ts'
import type { RangeCall } from './range-call.ts'

export type MarketCall = SharedPoolCall | RangeCall | BookCall

export type SharedPoolCall =
  /** Sells exactly `amountIn` of one of the market's tokens for the other. */
  | {
      readonly kind: 'swap'
      readonly market: Address
      readonly tokenIn: Address
      readonly amountIn: bigint
      readonly minAmountOut: bigint
      readonly recipient: Address
      readonly deadline: number
    }
  /** Provides up to these amounts in the pool's ratio, the first time in any. */
  | {
      readonly kind: 'add-liquidity'
      readonly market: Address
      readonly amount0: bigint
      readonly amount1: bigint
      readonly minAmount0: bigint
      readonly minAmount1: bigint
      readonly recipient: Address
      readonly deadline: number
    }
  /** Gives shares back for their part of both reserves. */
  | {
      readonly kind: 'remove-liquidity'
      readonly market: Address
      readonly shares: bigint
      readonly minAmount0: bigint
      readonly minAmount1: bigint
      readonly recipient: Address
      readonly deadline: number
    }
