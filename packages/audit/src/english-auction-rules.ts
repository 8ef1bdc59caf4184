// English auctions of collateral, C-4: bids that raise enough, refunds in full, and a lot that goes to the bid that stood.
import type { EnglishEngine } from '@solvent/protocol'
import { isRaise } from './auction-arithmetic.ts'
import type { AuctionBook } from './auction-book.ts'
import { type AuctionProceeds, gained } from './auction-proceeds.ts'
import type { AuctionEvent, JudgedAuction } from './auction-record.ts'
import type { Scope } from './chain-record.ts'
import { moved } from './credit-pool.ts'

type At = JudgedAuction<EnglishEngine>

export class EnglishAuctionRules {
  readonly #book: AuctionBook
  readonly #proceeds: AuctionProceeds

  constructor(book: AuctionBook, proceeds: AuctionProceeds) {
    this.#book = book
    this.#proceeds = proceeds
  }

  bid(scope: Scope, { pool, engine, record, complain }: At, event: AuctionEvent<'auction-bid'>): void {
    const { timestamp } = scope
    if (record.bidder !== null && record.standsUntil <= timestamp) complain('a bid after the last one stood')
    if (record.endsAt <= timestamp) complain('a bid after the end')
    if (event.step === 'raised') {
      if (event.lot !== record.lot) complain(`a raise for ${event.lot} of ${record.lot}`)
      const isEnough = isRaise(event.bid, record.bid, engine.raiseBps) || event.bid === record.tab
      if (event.bid <= record.bid || !isEnough) complain(`${event.bid} is no raise of ${record.bid}`)
      if (event.bid > record.tab) complain(`${event.bid} is more than the target of ${record.tab}`)
    } else {
      if (record.bid !== record.tab || event.bid !== record.tab) complain('a smaller lot below the target')
      if (event.lot >= record.lot || !isRaise(record.lot, event.lot, engine.raiseBps))
        complain(`a lot of ${event.lot} is not enough below ${record.lot}`)
    }
    const { debt, collateral, borrower, bidder } = record
    const refunded = bidder === null || bidder === event.bidder ? 0n : gained(scope, debt, bidder)
    if (bidder !== null && bidder !== event.bidder && refunded !== record.bid)
      complain(`${refunded} paid back of a bid of ${record.bid}`)
    const inHand = moved(scope, debt, 'LIQ', pool.spec.address)
    if (inHand !== event.bid - record.bid) complain(`${inHand} more for a bid of ${event.bid}`)
    const freed = record.lot - event.lot
    if (freed > 0n && gained(scope, collateral, borrower) !== freed && borrower !== event.bidder)
      complain(`${freed} of the lot did not go home`)
    this.#book.write(scope, pool, event.auction, {
      ...record,
      ...{ lot: event.lot, bid: event.bid, bidder: event.bidder },
      standsUntil: timestamp + engine.bidSeconds,
    })
  }

  settled(scope: Scope, at: At, event: AuctionEvent<'auction-settled'>): void {
    const { pool, record, complain } = at
    const { timestamp } = scope
    const isOver = record.standsUntil < timestamp || record.endsAt < timestamp
    if (record.bidder === null || !isOver) complain('settled while it runs')
    if (event.winner !== record.bidder) complain(`${event.winner} gets the lot of ${record.bidder}`)
    if (event.lot !== record.lot) complain(`a lot of ${event.lot} instead of ${record.lot}`)
    if (event.paid !== record.bid) complain(`${event.paid} paid for a bid of ${record.bid}`)
    const got = gained(scope, record.collateral, event.winner)
    if (got !== record.lot) complain(`the winner got ${got} of ${record.lot}`)
    this.#proceeds.paid(scope, at, { ...event, isOver: true })
    this.#book.write(scope, pool, event.auction, null)
  }

  restarted(
    scope: Scope,
    { pool, engine, record, complain }: At,
    event: AuctionEvent<'auction-restarted'>,
  ): void {
    const { timestamp } = scope
    if (record.bidder !== null || record.endsAt >= timestamp) complain('begun anew though it has not failed')
    const endsAt = timestamp + engine.auctionSeconds
    this.#book.write(scope, pool, event.auction, { ...record, endsAt })
  }
}
