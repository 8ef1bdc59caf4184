// Random calls and events of limit order books.
import fc from 'fast-check'
import { type BookCall, bookSides, timesInForce } from '../../market/book-call.ts'
import type { BookEvent } from '../../market/book-event.ts'
import { address, uint32, uint256 } from './scalars.ts'

const id = fc.integer({ min: 0, max: 2 ** 40 })
const order = {
  side: fc.constantFrom(...bookSides),
  priceTicks: uint32,
  lots: uint256,
  timeInForce: fc.constantFrom(...timesInForce),
}

export const bookCall: fc.Arbitrary<BookCall> = fc.record({
  kind: fc.constant('place-orders' as const),
  market: address,
  cancels: fc.array(id, { maxLength: 3 }),
  orders: fc.array(fc.record(order), { maxLength: 3 }),
  deadline: uint32,
})

export const bookEvent: fc.Arbitrary<BookEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('limit-order-placed' as const),
    market: address,
    limitId: id,
    owner: address,
    ...order,
  }),
  fc.record({
    kind: fc.constant('limit-order-filled' as const),
    market: address,
    limitId: id,
    maker: address,
    taker: address,
    priceTicks: uint32,
    lots: uint256,
    fee: uint256,
    rebate: uint256,
  }),
  fc.record({
    kind: fc.constant('limit-order-withdrawn' as const),
    market: address,
    limitId: id,
    owner: address,
    lots: uint256,
  }),
)
