// Random calls and events of lending pools.
import fc from 'fast-check'
import { collateralUses, type LendingCall, liquidationProceeds } from '../../lending/lending-call.ts'
import type { LendingEvent } from '../../lending/lending-event.ts'
import { collateralAuctionCall, collateralAuctionEvent } from './collateral-auction.ts'
import { isolatedMarketEvent } from './isolated-market.ts'
import { address, usedPrices as prices, text, uint256 } from './scalars.ts'

const reserve = { pool: address, token: address }
const amount = { ...reserve, amount: uint256 }
const use = fc.constantFrom(...collateralUses)
const eMode = fc.option(text, { nil: null })
const receive = fc.constantFrom(...liquidationProceeds)
const liquidation = { pool: address, borrower: address, collateral: address, debt: address, receive }

export const lendingCall: fc.Arbitrary<LendingCall> = fc.oneof(
  collateralAuctionCall,
  fc.record({ kind: fc.constantFrom('supply' as const, 'withdraw' as const, 'borrow' as const), ...amount }),
  fc.record({ kind: fc.constant('cover-deficit' as const), ...amount }),
  fc.record({ kind: fc.constant('repay' as const), ...amount, onBehalfOf: address }),
  fc.record({ kind: fc.constant('set-collateral' as const), ...reserve, use }),
  fc.record({ kind: fc.constant('set-e-mode' as const), pool: address, eMode }),
  fc.record({ kind: fc.constant('liquidate' as const), ...liquidation, debtToCover: uint256 }),
  fc.record({ kind: fc.constant('mint-to-treasury' as const), ...reserve }),
)

const moved = { ...amount, user: address, scaled: uint256 }

export const lendingEvent: fc.Arbitrary<LendingEvent> = fc.oneof(
  collateralAuctionEvent,
  isolatedMarketEvent,
  fc.record({
    kind: fc.constant('reserve-updated' as const),
    ...reserve,
    liquidityIndexRay: uint256,
    borrowIndexRay: uint256,
    supplyRateRay: uint256,
    borrowRateRay: uint256,
    scaledForTreasury: uint256,
  }),
  fc.record({ kind: fc.constant('supplied' as const), ...moved }),
  fc.record({ kind: fc.constantFrom('withdrawn' as const, 'borrowed' as const), ...moved, prices }),
  fc.record({ kind: fc.constant('repaid' as const), ...moved, payer: address }),
  fc.record({ kind: fc.constant('collateral-set' as const), ...reserve, user: address, use, prices }),
  fc.record({ kind: fc.constant('e-mode-set' as const), pool: address, user: address, eMode, prices }),
  fc.record({
    kind: fc.constant('liquidated' as const),
    ...liquidation,
    liquidator: address,
    debtRepaid: uint256,
    seized: uint256,
    fee: uint256,
    healthFactor: uint256,
    prices,
  }),
  fc.record({ kind: fc.constant('bad-debt-booked' as const), ...amount, borrower: address }),
  fc.record({ kind: fc.constant('deficit-covered' as const), ...amount, from: address }),
  fc.record({ kind: fc.constant('treasury-minted' as const), ...reserve, scaled: uint256 }),
  fc.record({
    kind: fc.constant('premium-collected' as const),
    ...reserve,
    scaled: uint256,
    premium: uint256,
  }),
)
