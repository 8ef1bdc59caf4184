// Dutch auctions of collateral, C-4: sales at the price of the moment, no dust left behind, and what is not sold goes home.
import type { Address } from '@solvent/primitives'
import type { DutchEngine } from '@solvent/protocol'
import { fallenPrice, firstPrice, isSpent, pairRay } from './auction-arithmetic.ts'
import type { AuctionBook } from './auction-book.ts'
import { type AuctionProceeds, gained } from './auction-proceeds.ts'
import type { AuctionEvent, JudgedAuction } from './auction-record.ts'
import type { Scope } from './chain-record.ts'
import { RAY, unitOf } from './credit-arithmetic.ts'

type At = JudgedAuction<DutchEngine>

export class DutchAuctionRules {
  readonly #book: AuctionBook
  readonly #proceeds: AuctionProceeds

  constructor(book: AuctionBook, proceeds: AuctionProceeds) {
    this.#book = book
    this.#proceeds = proceeds
  }

  sold(scope: Scope, at: At, event: AuctionEvent<'auction-sold'>): void {
    const { pool, engine, record, complain } = at
    const seconds = scope.timestamp - record.beganAt
    if (isSpent(engine, record.topRay, seconds)) complain('sold though it is spent')
    const price = fallenPrice(engine, record.topRay, seconds)
    if (event.priceRay !== price) complain(`a price of ${event.priceRay}, due is ${price}`)
    const all = record.lot * price
    const isAll = event.lot === record.lot
    const capped = all < record.leftRay ? all : record.leftRay
    const owe = event.isOver ? (isAll ? capped : record.leftRay) : record.leftRay - event.leftRay
    const slice = price === 0n ? 0n : owe / price
    if (!(event.isOver && isAll) && event.lot !== slice) complain(`${event.lot} sold, ${slice} are paid for`)
    if (event.paid !== (owe + RAY - 1n) / RAY) complain(`${event.paid} paid of ${owe} in ray`)
    if (!event.isOver && (isAll || event.leftRay < engine.dust * RAY))
      complain(`${event.leftRay} left to raise, less than the dust`)
    const returned = event.isOver ? record.lot - event.lot : 0n
    if (event.returned !== returned) complain(`${event.returned} go home, due are ${returned}`)
    const got = gained(scope, record.collateral, event.buyer)
    if (got !== event.lot + (event.buyer === record.borrower ? returned : 0n))
      complain(`the buyer got ${got} of ${event.lot}`)
    this.#proceeds.paid(scope, at, event)
    const { leftRay } = event
    const next = { ...record, lot: record.lot - event.lot, owed: record.owed - event.recovered, leftRay }
    this.#book.write(scope, pool, event.auction, event.isOver ? null : next)
  }

  restarted(
    scope: Scope,
    { pool, engine, record, complain }: At,
    event: AuctionEvent<'auction-restarted'>,
  ): void {
    const { timestamp } = scope
    if (!isSpent(engine, record.topRay, timestamp - record.beganAt)) complain('begun anew though it runs')
    const side = (token: Address) => ({
      priceE8: event.prices.find((each) => each.token === token)?.priceE8 ?? 0n,
      unit: unitOf(pool.reserves.get(token)!.spec.terms),
    })
    const [sold, paid] = [side(record.collateral), side(record.debt)]
    const topRay = paid.priceE8 === 0n ? 0n : firstPrice(pairRay(sold, paid), engine)
    if (event.topRay !== topRay) complain(`a first price of ${event.topRay}, due is ${topRay}`)
    this.#book.write(scope, pool, event.auction, { ...record, topRay: event.topRay, beganAt: timestamp })
  }
}
