// Random calls and events of algorithmic stablecoins.
import fc from 'fast-check'
import { exchangeDirections, type StablecoinCall } from '../../stablecoin/stablecoin-call.ts'
import type { StablecoinEvent } from '../../stablecoin/stablecoin-event.ts'
import { address, uint256 } from './scalars.ts'

const exchange = { stablecoin: address, direction: fc.constantFrom(...exchangeDirections) }

export const stablecoinCall: fc.Arbitrary<StablecoinCall> = fc.record({
  kind: fc.constant('exchange-stablecoin' as const),
  ...exchange,
  amount: uint256,
  minAmountOut: uint256,
})

export const stablecoinEvent: fc.Arbitrary<StablecoinEvent> = fc.record({
  kind: fc.constant('stablecoin-exchanged' as const),
  ...exchange,
  holder: address,
  amountIn: uint256,
  amountOut: uint256,
  fee: uint256,
  priceE8: uint256,
  delta: fc.bigInt({ min: -(2n ** 255n), max: 2n ** 255n - 1n }),
})
