// Schemas of what is asked of limit order books and what comes of it.
import { z } from 'zod'
import {
  type BookCall,
  bookSides,
  MAX_BOOK_ORDERS,
  type NewBookOrder,
  timesInForce,
} from '../market/book-call.ts'
import type { BookEvent } from '../market/book-event.ts'
import { listOf, schemaOf } from './exact.ts'
import { addressSchema, countSchema, uint32Schema, uint256Schema } from './scalars.ts'

const order = {
  side: z.enum(bookSides),
  priceTicks: uint32Schema,
  lots: uint256Schema,
  timeInForce: z.enum(timesInForce),
}

const newOrderSchema = schemaOf<NewBookOrder>()(z.strictObject(order))

export const bookCallSchema = schemaOf<BookCall>()(
  z.strictObject({
    kind: z.literal('place-orders'),
    market: addressSchema,
    cancels: listOf(countSchema, MAX_BOOK_ORDERS),
    orders: listOf(newOrderSchema, MAX_BOOK_ORDERS),
    deadline: uint32Schema,
  }),
)

const at = { market: addressSchema, limitId: countSchema }

export const bookEventSchema = schemaOf<BookEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('limit-order-placed'), ...at, owner: addressSchema, ...order }),
    z.strictObject({
      kind: z.literal('limit-order-filled'),
      ...at,
      maker: addressSchema,
      taker: addressSchema,
      priceTicks: uint32Schema,
      lots: uint256Schema,
      fee: uint256Schema,
      rebate: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('limit-order-withdrawn'),
      ...at,
      owner: addressSchema,
      lots: uint256Schema,
    }),
  ]),
)
