// Who takes a lot whose price falls: each bidder takes it at the first tick at which what is due has come down to its offer.
import { mulDivUp } from '@solvent/primitives'
import { exclusivityHolds } from '@solvent/protocol/pricing'
import type { DropReason, Lot, Offer } from '../mechanism.ts'
import { type LotClearing, type LotOffer, splitFeasible } from '../per-lot.ts'
import { type Attempt, race } from '../race.ts'

const BPS = 10_000n

/** A price that falls, and what others than the exclusive solver owe meanwhile. */
export interface FallingPrice {
  /** What the lot costs at a tick, before exclusivity; never rising. */
  readonly amountAt: (tick: number) => bigint
  /** After this many ticks it stays where it is. */
  readonly ticks: number
  readonly tickMs: number
  /** Exclusivity holds up to and with this tick; below zero: never. */
  readonly exclusiveTicks: number
  /** 0: others are barred. */
  readonly overrideBps: number
  readonly sightMs: number
}

/** Decides a falling price among offers; what lands later than it was sent pays what is due when it lands. */
export function clearFallingPrice(lot: Lot, offers: readonly LotOffer[], price: FallingPrice): LotClearing {
  const { feasible, dropped } = splitFeasible(offers, lot.reserve)
  const attempts: Attempt[] = []
  const barred: { offer: Offer; reason: DropReason }[] = []
  for (const { offer, amount } of feasible) {
    const attempt = attemptOf(lot, offer, amount, price)
    if (attempt === null) barred.push({ offer, reason: 'barred' })
    else attempts.push(attempt)
  }
  return race(lot, attempts, { sightMs: price.sightMs, dropped: [...dropped, ...barred] })
}

function attemptOf(lot: Lot, offer: Offer, amount: bigint, price: FallingPrice): Attempt | null {
  const last = Math.max(price.ticks, price.exclusiveTicks + 1)
  const isDue = (tick: number) => {
    const due = dueAt(lot, offer.bidder, tick, price)
    return due !== null && due <= amount
  }
  if (!isDue(last)) return null
  // What is due never rises over time, so that the first tick at which it is low enough is found by halving.
  let above = -1
  let below = last
  while (below - above > 1) {
    const middle = above + ((below - above) >> 1)
    if (isDue(middle)) below = middle
    else above = middle
  }
  const sentMs = below * price.tickMs
  const landsMs = sentMs + offer.delayMs
  const due = dueAt(lot, offer.bidder, Math.floor(landsMs / price.tickMs), price)
  return due === null ? null : { offer, sentMs, landsMs, amount: due }
}

function dueAt(lot: Lot, bidder: string, tick: number, price: FallingPrice): bigint | null {
  const amount = price.amountAt(Math.min(tick, price.ticks))
  const isFree =
    lot.exclusive === null || lot.exclusive === bidder || !exclusivityHolds(tick, price.exclusiveTicks)
  if (isFree) return amount
  return price.overrideBps === 0 ? null : mulDivUp(amount, BPS + BigInt(price.overrideBps), BPS)
}

/** Ticks that begin within so many ms. */
export function ticksIn(ms: number, tickMs: number): number {
  return Math.ceil(ms / tickMs)
}
