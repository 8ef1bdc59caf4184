// One order, from bids to profit. Bids are outputs in whole units; the highest that is admitted wins, and of equal ones
// a coin decides.
import type { RingOrder, RingStudy } from './ring-study.ts'

/** What an order costs to fill, in units; a basis point of it is 100 units. */
export const VALUE = 1_000_000
const BPS = 10_000

/** No bid. */
export const NONE = -1

export interface RingRules {
  /** The least output that the order accepts. */
  readonly limit: number
  readonly overrideBps: number
}

export function ringRules({ marginBps, exclusivity }: RingStudy): RingRules {
  return { limit: VALUE - (VALUE / BPS) * marginBps, overrideBps: exclusivity.overrideBps }
}

/**
 * What another must give at least to take an order from its holder, rounded up; null where nobody may.
 *
 * @example requiredFromOthers(990_000, 50) // 994_950
 */
export function requiredFromOthers(holdersBid: number, overrideBps: number): number | null {
  return overrideBps === 0 ? null : Math.ceil((holdersBid * (BPS + overrideBps)) / BPS)
}

/** The holder's lowest bid that leaves others nothing to gain. */
export function holdersCompetitiveBid({ limit, overrideBps }: RingRules): number {
  if (overrideBps === 0) return limit
  // The first for which the override asks for more than the value.
  const bid = Math.floor((VALUE * BPS) / (BPS + overrideBps))
  const required = requiredFromOthers(bid, overrideBps) ?? VALUE
  return Math.max(limit, required > VALUE ? bid : bid + 1)
}

/** The member that fills; −1 where nobody does. `coin` is uniform on 0 … 1. */
export function winnerOf(
  bids: Int32Array,
  { holder }: RingOrder,
  { limit, overrideBps }: RingRules,
  coin: number,
): number {
  const held = holder >= 0 ? (bids[holder] ?? NONE) : NONE
  const required = held >= limit ? requiredFromOthers(held, overrideBps) : limit
  let best = NONE
  let equal = 0
  const admitted = (member: number) => {
    const bid = bids[member] ?? NONE
    if (bid < limit) return NONE
    return member === holder || (required !== null && bid >= required) ? bid : NONE
  }
  for (let member = 0; member < bids.length; member++) {
    const bid = admitted(member)
    if (bid > best) {
      best = bid
      equal = 1
    } else if (bid === best && bid !== NONE) equal += 1
  }
  if (best === NONE) return -1
  let left = Math.min(equal - 1, Math.floor(coin * equal))
  for (let member = 0; member < bids.length; member++)
    if (admitted(member) === best && left-- === 0) return member
  return -1
}
