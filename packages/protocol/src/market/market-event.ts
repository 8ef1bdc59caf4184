// What a market did. Every change of a pool ends with `market-synced`, which says how it stands (v2-core's Sync).
import type { Address } from '@solvent/primitives'
import type { BookEvent } from './book-event.ts'
import type { RangeEvent } from './range-event.ts'

export type MarketEvent = SharedPoolEvent | RangeEvent | BookEvent

export type SharedPoolEvent =
  /** `amountIn` arrived in the market, `amountOut` left it. */
  | {
      readonly kind: 'swapped'
      readonly market: Address
      readonly sender: Address
      readonly recipient: Address
      readonly tokenIn: Address
      readonly amountIn: bigint
      readonly amountOut: bigint
    }
  | {
      readonly kind: 'liquidity-added' | 'liquidity-removed'
      readonly market: Address
      readonly provider: Address
      readonly recipient: Address
      readonly amount0: bigint
      readonly amount1: bigint
      readonly shares: bigint
    }
  | {
      readonly kind: 'market-synced'
      readonly market: Address
      readonly reserve0: bigint
      readonly reserve1: bigint
      /** Base units of token1 for one of token0, times 2^96, before the fee; 0 in an empty market. */
      readonly priceX96: bigint
    }
