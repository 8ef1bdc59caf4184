// What happens in a limit order book. An order's fills follow its placing; what is left of it then rests or is gone, as its time in
// force says. Fees are of what the taker receives, and in that token.
import type { Address } from '@solvent/primitives'
import type { NewBookOrder } from './book-call.ts'

export type BookEvent =
  | (NewBookOrder & {
      readonly kind: 'limit-order-placed'
      readonly market: Address
      readonly limitId: number
      readonly owner: Address
    })
  /** Of an order that waited, so many lots at its price. */
  | {
      readonly kind: 'limit-order-filled'
      readonly market: Address
      readonly limitId: number
      readonly maker: Address
      readonly taker: Address
      readonly priceTicks: number
      readonly lots: bigint
      /** What the taker pays, and the part of it that the maker gets. */
      readonly fee: bigint
      readonly rebate: bigint
    }
  | {
      readonly kind: 'limit-order-withdrawn'
      readonly market: Address
      readonly limitId: number
      readonly owner: Address
      readonly lots: bigint
    }
