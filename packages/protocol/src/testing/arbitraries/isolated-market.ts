// Random events of isolated markets.
import fc from 'fast-check'
import type { IsolatedMarketEvent } from '../../lending/isolated-market-event.ts'
import { address, usedPrices as prices, uint256 } from './scalars.ts'

const moved = { pool: address, user: address, amount: uint256 }

export const isolatedMarketEvent: fc.Arbitrary<IsolatedMarketEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('isolated-accrued' as const),
    pool: address,
    interest: uint256,
    feeShares: uint256,
    rateWad: uint256,
    rateAtTargetWad: uint256,
  }),
  fc.record({
    kind: fc.constantFrom('isolated-supplied' as const, 'isolated-withdrawn' as const),
    ...moved,
    shares: uint256,
  }),
  fc.record({ kind: fc.constant('isolated-pledged' as const), ...moved }),
  fc.record({ kind: fc.constant('isolated-released' as const), ...moved, prices }),
  fc.record({ kind: fc.constant('isolated-borrowed' as const), ...moved, shares: uint256, prices }),
  fc.record({ kind: fc.constant('isolated-repaid' as const), ...moved, payer: address, shares: uint256 }),
  fc.record({
    kind: fc.constant('isolated-liquidated' as const),
    pool: address,
    borrower: address,
    liquidator: address,
    repaid: uint256,
    repaidShares: uint256,
    seized: uint256,
    badDebt: uint256,
    badDebtShares: uint256,
    prices,
  }),
)
