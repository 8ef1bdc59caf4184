// Random calls and events of markets.
import fc from 'fast-check'
import type { MarketCall } from '../../market/market-call.ts'
import type { MarketEvent } from '../../market/market-event.ts'
import { bookCall, bookEvent } from './book.ts'
import { rangeCall, rangeEvent } from './range.ts'
import { address, uint32, uint256 } from './scalars.ts'

const terms = { market: address, recipient: address, deadline: uint32 }
const least = { minAmount0: uint256, minAmount1: uint256 }
const amounts = { amount0: uint256, amount1: uint256 }

export const marketCall: fc.Arbitrary<MarketCall> = fc.oneof(
  fc.record({
    kind: fc.constant('swap' as const),
    ...terms,
    tokenIn: address,
    amountIn: uint256,
    minAmountOut: uint256,
  }),
  fc.record({ kind: fc.constant('add-liquidity' as const), ...terms, ...amounts, ...least }),
  fc.record({ kind: fc.constant('remove-liquidity' as const), ...terms, shares: uint256, ...least }),
  rangeCall,
  bookCall,
)

export const marketEvent: fc.Arbitrary<MarketEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('swapped' as const),
    market: address,
    sender: address,
    recipient: address,
    tokenIn: address,
    amountIn: uint256,
    amountOut: uint256,
  }),
  fc.record({
    kind: fc.constantFrom('liquidity-added' as const, 'liquidity-removed' as const),
    market: address,
    provider: address,
    recipient: address,
    ...amounts,
    shares: uint256,
  }),
  fc.record({
    kind: fc.constant('market-synced' as const),
    market: address,
    reserve0: uint256,
    reserve1: uint256,
    priceX96: uint256,
  }),
  rangeEvent,
  bookEvent,
)
