// Auctions of collateral as a follower of the chain folds them from events: the same states as the contract's.
import type { Address } from '@solvent/primitives'
import { RAY } from '@solvent/primitives'
import type { CollateralAuctionEvent } from '@solvent/protocol'
import { flipRulesOf } from '../contract/collateral-auction.ts'
import type { LendingContract } from '../contract/lending-contract.ts'
import { kickFlip } from '../liquidation/flip-auction.ts'

export interface AuctionedChange {
  readonly token: Address
  /** Of the debts whose collateral is in auctions. */
  readonly amount: bigint
}

/** Takes an event into the contract's auctions, and says what it changes at a reserve; null: nothing. */
export function foldAuction(
  contract: LendingContract,
  event: CollateralAuctionEvent,
  timestamp: number,
): AuctionedChange | null {
  const { auctions, spec } = contract
  const { engine } = spec
  if (event.kind === 'auction-started') {
    const { auction, borrower, collateral, debt, owed, lot, tab, topRay } = event
    const of = { borrower, collateral, debt, owed }
    if (engine.kind === 'english') {
      const state = kickFlip({ usr: borrower, by: borrower, tab, lot }, flipRulesOf(engine), timestamp)
      auctions.set(auction, { ...of, kind: 'english', state })
    } else {
      const state = { usr: borrower, tab: tab * RAY, lot, tic: timestamp, top: topRay }
      auctions.set(auction, { ...of, kind: 'dutch', state })
    }
    contract.nextAuction.set(auction + 1)
    return { token: debt, amount: owed }
  }
  const open = auctions.get(event.auction)
  if (open === undefined) return null
  switch (event.kind) {
    case 'auction-bid': {
      if (open.kind !== 'english' || engine.kind !== 'english') return null
      const { lot, bid, bidder: guy } = event
      const tic = timestamp + engine.bidSeconds
      auctions.set(event.auction, { ...open, state: { ...open.state, lot, bid, guy, tic } })
      return null
    }
    case 'auction-restarted': {
      if (open.kind === 'dutch') {
        const state = { ...open.state, tic: timestamp, top: event.topRay }
        auctions.set(event.auction, { ...open, state })
      } else if (engine.kind === 'english') {
        const state = { ...open.state, end: timestamp + engine.auctionSeconds }
        auctions.set(event.auction, { ...open, state })
      }
      return null
    }
    case 'auction-settled':
      auctions.delete(event.auction)
      return { token: open.debt, amount: -open.owed }
    case 'auction-sold': {
      if (open.kind !== 'dutch') return null
      if (event.isOver) {
        auctions.delete(event.auction)
        return { token: open.debt, amount: -open.owed }
      }
      const state = { ...open.state, tab: event.leftRay, lot: open.state.lot - event.lot }
      auctions.set(event.auction, { ...open, owed: open.owed - event.recovered, state })
      return { token: open.debt, amount: -event.recovered }
    }
  }
}
