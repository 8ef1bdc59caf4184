// Random calls and events of pools of concentrated liquidity.
import fc from 'fast-check'
import type { RangeCall } from '../../market/range-call.ts'
import type { RangeEvent } from '../../market/range-event.ts'
import { address, uint32, uint256 } from './scalars.ts'

const tick = fc.integer({ min: -887_272, max: 887_272 })
const range = { market: address, tickLower: tick, tickUpper: tick }
const amounts = { amount0: uint256, amount1: uint256 }
const vault = { market: address, vault: address }
const least = { minAmount0: uint256, minAmount1: uint256, deadline: uint32 }

export const rangeCall: fc.Arbitrary<RangeCall> = fc.oneof(
  fc.record({ kind: fc.constant('mint-range' as const), ...range, ...amounts, ...least }),
  fc.record({
    kind: fc.constant('burn-range' as const),
    ...range,
    liquidity: uint256,
    recipient: address,
    ...least,
  }),
  fc.record({
    ...{ kind: fc.constant('mint-vault-shares' as const), ...vault, ...amounts },
    ...{ minShares: uint256, deadline: uint32 },
  }),
  fc.record({
    ...{ kind: fc.constant('burn-vault-shares' as const), ...vault, shares: uint256 },
    ...{ recipient: address, ...least },
  }),
)

export const rangeEvent: fc.Arbitrary<RangeEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('range-minted' as const),
    ...range,
    owner: address,
    liquidity: uint256,
    ...amounts,
  }),
  fc.record({
    kind: fc.constant('range-burned' as const),
    ...range,
    owner: address,
    recipient: address,
    liquidity: uint256,
    ...amounts,
    paid0: uint256,
    paid1: uint256,
  }),
  fc.record({
    kind: fc.constant('tick-moved' as const),
    market: address,
    sqrtPriceX96: uint256,
    tick,
    liquidity: uint256,
  }),
  fc.record({
    ...{ kind: fc.constant('vault-shares-minted' as const), ...vault, owner: address },
    ...{ shares: uint256, ...amounts },
  }),
  fc.record({
    ...{ kind: fc.constant('vault-shares-burned' as const), ...vault, owner: address },
    ...{ recipient: address, shares: uint256, ...amounts },
  }),
)
