// Random calls and events of a lending pool's auctions.
import fc from 'fast-check'
import type { CollateralAuctionCall } from '../../lending/collateral-auction-call.ts'
import { bidSteps, type CollateralAuctionEvent } from '../../lending/collateral-auction-event.ts'
import { address, count, uint256, usedPrices } from './scalars.ts'

const auction = { pool: address, auction: count }
const account = { pool: address, borrower: address, collateral: address, debt: address }

export const collateralAuctionCall: fc.Arbitrary<CollateralAuctionCall> = fc.oneof(
  fc.record({ kind: fc.constant('start-auction' as const), ...account }),
  fc.record({ kind: fc.constant('bid-in-auction' as const), ...auction, lot: uint256, bid: uint256 }),
  fc.record({
    kind: fc.constant('buy-in-auction' as const),
    ...auction,
    amount: uint256,
    maxPriceRay: uint256,
  }),
  fc.record({
    kind: fc.constantFrom('settle-auction' as const, 'restart-auction' as const),
    ...auction,
  }),
)

export const collateralAuctionEvent: fc.Arbitrary<CollateralAuctionEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('auction-started' as const),
    ...auction,
    ...account,
    lot: uint256,
    owed: uint256,
    tab: uint256,
    topRay: uint256,
    healthFactor: uint256,
    prices: usedPrices,
  }),
  fc.record({
    kind: fc.constant('auction-bid' as const),
    ...auction,
    bidder: address,
    step: fc.constantFrom(...bidSteps),
    lot: uint256,
    bid: uint256,
  }),
  fc.record({
    kind: fc.constant('auction-settled' as const),
    ...auction,
    winner: address,
    lot: uint256,
    paid: uint256,
    recovered: uint256,
  }),
  fc.record({
    kind: fc.constant('auction-sold' as const),
    ...auction,
    buyer: address,
    lot: uint256,
    priceRay: uint256,
    paid: uint256,
    recovered: uint256,
    returned: uint256,
    leftRay: uint256,
    isOver: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('auction-restarted' as const),
    ...auction,
    topRay: uint256,
    prices: usedPrices,
  }),
)
