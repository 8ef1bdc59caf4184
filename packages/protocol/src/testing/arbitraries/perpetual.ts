// Random calls and events of clearing houses.
import fc from 'fast-check'
import type { PerpetualCall } from '../../derivatives/perpetual-call.ts'
import type { PerpetualEvent } from '../../derivatives/perpetual-event.ts'
import { marginKinds } from '../../derivatives/perpetual-spec.ts'
import { bookSides, timesInForce } from '../../market/book-call.ts'
import { address, uint32, uint256 } from './scalars.ts'

const signed = fc.bigInt({ min: -(2n ** 255n), max: 2n ** 255n - 1n })
const word = fc.constantFrom('eth', 'btc')
const ofMarket = { house: address, market: word }
const ofPerpetual = { house: address, perpetual: word }
const ofAccount = { ...ofPerpetual, margin: fc.constantFrom(...marginKinds) }

const id = fc.integer({ min: 0, max: 2 ** 40 })
const order = {
  side: fc.constantFrom(...bookSides),
  priceTicks: uint32,
  lots: uint256,
  timeInForce: fc.constantFrom(...timesInForce),
}
const fills = fc.array(fc.record({ limitId: id, account: word, priceTicks: uint32, lots: uint256 }), {
  maxLength: 2,
})

export const perpetualCall: fc.Arbitrary<PerpetualCall> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('deposit-margin' as const, 'withdraw-margin' as const),
    ...ofAccount,
    amount: uint256,
  }),
  fc.record({
    kind: fc.constant('trade-perpetual' as const),
    ...ofAccount,
    units: signed,
    minCash: fc.option(signed),
  }),
  fc.record({ kind: fc.constant('order-perpetual' as const), ...ofAccount, ...order }),
  fc.record({ kind: fc.constant('cancel-perpetual-orders' as const), ...ofAccount }),
  fc.record({ kind: fc.constant('pay-funding' as const), ...ofPerpetual }),
  fc.record({ kind: fc.constant('liquidate-perpetual' as const), ...ofAccount, owner: address }),
)

export const perpetualEvent: fc.Arbitrary<PerpetualEvent> = fc.oneof(
  fc.record({ kind: fc.constant('margin-moved' as const), house: address, account: word, amount: signed }),
  fc.record({
    kind: fc.constant('perpetual-traded' as const),
    ...ofMarket,
    account: word,
    units: signed,
    cash: signed,
    fee: uint256,
    indexE8: fc.option(uint256),
  }),
  fc.record({
    kind: fc.constant('perpetual-order-placed' as const),
    ...ofMarket,
    account: word,
    limitId: id,
    ...order,
    fills,
    fee: uint256,
    indexE8: fc.option(uint256),
  }),
  fc.record({
    kind: fc.constant('perpetual-orders-cancelled' as const),
    ...ofMarket,
    account: word,
    limitIds: fc.array(id, { maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('funding-paid' as const),
    ...ofMarket,
    rateE18: signed,
    index: signed,
    indexE8: uint256,
    initialMarginBps: uint256,
  }),
  fc.record({
    kind: fc.constant('perpetual-liquidated' as const),
    ...ofMarket,
    account: word,
    liquidator: address,
    units: signed,
    reward: uint256,
    toFund: uint256,
    fills,
    lateFills: fills,
    deleveraged: fc.array(fc.record({ account: word, units: signed, cash: signed }), { maxLength: 2 }),
    fund: uint256,
    badDebt: uint256,
    indexE8: fc.option(uint256),
  }),
)
