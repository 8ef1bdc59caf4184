// Random calls and events of discount windows.
import fc from 'fast-check'
import type { DiscountWindowCall, DiscountWindowEvent } from '../../controls/discount-window.ts'
import { address, count, uint256, usedPrices } from './scalars.ts'

const window = { window: address }
const loan = { ...window, loan: count }

export const discountWindowCall: fc.Arbitrary<DiscountWindowCall> = fc.oneof(
  fc.record({
    kind: fc.constant('draw-window' as const),
    ...window,
    collateral: address,
    pledged: uint256,
    amount: uint256,
  }),
  fc.record({ kind: fc.constant('repay-window' as const), ...loan }),
  fc.record({ kind: fc.constant('seize-pledge' as const), ...loan }),
)

export const discountWindowEvent: fc.Arbitrary<DiscountWindowEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('window-drawn' as const),
    ...loan,
    borrower: address,
    collateral: address,
    pledged: uint256,
    amount: uint256,
    dueAt: count,
    prices: usedPrices,
  }),
  fc.record({
    kind: fc.constant('window-repaid' as const),
    ...loan,
    principal: uint256,
    interest: uint256,
  }),
  fc.record({ kind: fc.constant('pledge-seized' as const), ...loan, unpaid: uint256, pledged: uint256 }),
)
