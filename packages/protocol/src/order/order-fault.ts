// Whether an order can mean anything at all: rules that need no network, no state and no clock.
import { BPS_NUMBER, ZERO_ADDRESS } from '@solvent/primitives'
import { lastBidSecond } from './auction-rule.ts'
import { findCurveFault } from './block-curve.ts'
import type { AwardRule, Order, Pricing } from './order.ts'

const MAX_OVERRIDE_BPS = 10_000

/**
 * The first contradiction inside an order as a sentence, or null when there is none.
 *
 * @example findOrderFault({ ...order, fillDeadline: order.expires + 1 }) // 'fillDeadline is after expires'
 */
export function findOrderFault(order: Order): string | null {
  if (order.user === ZERO_ADDRESS) return 'user is the zero address'
  if (order.output.recipient === ZERO_ADDRESS) return 'recipient is the zero address'
  if (order.originChainId === order.output.chainId) return 'origin and destination are one chain'
  if (order.input.amount === 0n) return 'input amount is zero'
  if (order.output.minAmount === 0n) return 'output minAmount is zero'
  if (order.openDeadline > order.fillDeadline) return 'openDeadline is after fillDeadline'
  if (order.fillDeadline > order.expires) return 'fillDeadline is after expires'
  return findPricingFault(order.pricing, order.output.minAmount) ?? findAwardFault(order.award, order)
}

function findPricingFault(pricing: Pricing, minAmount: bigint): string | null {
  if (pricing.rule === 'limit') return null
  if (pricing.rule === 'priority-fee') return pricing.feeUnit === 0n ? 'feeUnit is zero' : null
  if (pricing.rule === 'block-dutch') return findCurveFault(pricing, minAmount)
  if (pricing.startAmount < minAmount) return 'startAmount is below minAmount'
  if (pricing.decayStart > pricing.decayEnd) return 'decayStart is after decayEnd'
  return null
}

function findAwardFault(award: AwardRule, { openDeadline, fillDeadline }: Order): string | null {
  if (award.by === 'chain') return null
  if (award.exclusiveUntil > fillDeadline) return 'exclusiveUntil is after fillDeadline'
  if (award.by === 'parts') {
    return award.leastPartBps < 1 || award.leastPartBps > BPS_NUMBER ? 'leastPartBps is not 1 to 10000' : null
  }
  if (award.by === 'user') {
    if (award.solver === ZERO_ADDRESS) return 'solver is the zero address'
    return award.overrideBps > MAX_OVERRIDE_BPS ? 'overrideBps is over 10000' : null
  }
  if (award.auctioneer === ZERO_ADDRESS) return 'auctioneer is the zero address'
  if (award.closesAt > openDeadline) return 'closesAt is after openDeadline'
  return lastBidSecond(award) >= award.exclusiveUntil ? 'bidding does not end before exclusiveUntil' : null
}
