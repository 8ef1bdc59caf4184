// Bids, quotes and awards at the door.
import { ZERO_ADDRESS } from '@solvent/primitives'
import type { Award } from '../auction/award.ts'
import type { Bid } from '../auction/bid.ts'
import type { Quote } from '../auction/quote.ts'
import type { SealedBid } from '../auction/sealed-bid.ts'
import type { Solution } from '../auction/solution.ts'
import { type DoorResult, PASS, reject } from './door-result.ts'
import type { NetworkIndex } from './network-index.ts'
import { checkNotAhead, checkNotPast, MAX_AHEAD_SECONDS } from './window.ts'

export function checkBid(network: NetworkIndex, bid: Bid): DoorResult {
  if (!network.auctioneers.has(bid.auctioneer)) return reject('unknown-auctioneer')
  if (!network.solvers.has(bid.solver)) return reject('unknown-solver')
  return bid.outputAmount === 0n ? reject('invalid-bid') : PASS
}

export function checkSealedBid(network: NetworkIndex, { auctioneer, solver }: SealedBid): DoorResult {
  if (!network.auctioneers.has(auctioneer)) return reject('unknown-auctioneer')
  return network.solvers.has(solver) ? PASS : reject('unknown-solver')
}

export function checkSolution(network: NetworkIndex, { auctioneer, solver, items }: Solution): DoorResult {
  if (!network.auctioneers.has(auctioneer)) return reject('unknown-auctioneer')
  if (!network.solvers.has(solver)) return reject('unknown-solver')
  const isInOrder = items.every(
    ({ orderId, outputAmount }, index) =>
      outputAmount > 0n && (index === 0 || (items[index - 1]?.orderId ?? '') < orderId),
  )
  return isInOrder && items.length > 0 ? PASS : reject('invalid-bid')
}

export function checkQuote(network: NetworkIndex, quote: Quote, now: number): DoorResult {
  if (!network.solvers.has(quote.solver)) return reject('unknown-solver')
  const past = checkNotPast(quote.validUntil, now)
  return past.ok ? checkNotAhead(quote.validUntil, now, MAX_AHEAD_SECONDS) : past
}

/**
 * Authority and form, whatever the time. Whether the best bid won is not the door's question: an unfair award is
 * evidence, and evidence must travel.
 */
export function checkAwardTerms(network: NetworkIndex, award: Award): DoorResult {
  if (!network.auctioneers.has(award.auctioneer)) return reject('unknown-auctioneer')
  const hasWinner = award.winner !== ZERO_ADDRESS
  if (hasWinner !== award.outputAmount > 0n) return reject('invalid-award')
  return hasWinner && !network.solvers.has(award.winner) ? reject('unknown-solver') : PASS
}

export function checkAwardWindow(award: Award, now: number): DoorResult {
  const past = checkNotPast(award.exclusiveUntil, now)
  return past.ok ? checkNotAhead(award.exclusiveUntil, now, MAX_AHEAD_SECONDS) : past
}
