// First come, first served: the first valid fill wins at the user's limit, the others lose the gas of an attempt that reverts
// (Across without exclusivity, DLN, Omni, Hyperlane7683). Nothing of the offer reaches the user but the limit: rents go to latency.
import { GAS, type MechanismRule } from '../mechanism.ts'
import { type LotOffer, perLot, splitFeasible } from '../per-lot.ts'

/**
 * The offer that arrives first among those that would take the order at its limit; every other one within `sightMs` of it has sent
 * its fill already and pays for nothing.
 */
export const firstComeRule: MechanismRule<'first-come', 'sightMs'> = {
  rule: 'first-come',
  parameters: {
    sightMs: {
      usual: 2_000,
      least: 0,
      most: 3_600_000,
      meaning: 'until the winning fill is seen by rivals, who then send none, in ms: about one block',
    },
  },
  create: ({ sightMs }) =>
    perLot((lot, offers) => {
      const { feasible, dropped } = splitFeasible(offers, lot.reserve)
      const [first, ...others] = feasible.sort(compareArrivals)
      if (first === undefined) return { award: null, dropped, payments: [] }
      const atMs = first.offer.delayMs
      const losers = others.filter(({ offer }) => offer.delayMs <= atMs + sightMs)
      return {
        award: { offer: first.offer, amount: lot.reserve, atMs },
        dropped,
        payments: losers
          .filter(() => lot.attemptCost > 0n)
          .map(({ offer }) => ({
            from: offer.bidder,
            to: GAS,
            amount: lot.attemptCost,
            why: 'lost-attempt' as const,
          })),
      }
    }),
}

/** By arrival; at one moment the block's order decides, for which the bidder's name stands. */
function compareArrivals(a: LotOffer, b: LotOffer): number {
  if (a.offer.delayMs !== b.offer.delayMs) return a.offer.delayMs - b.offer.delayMs
  if (a.offer.bidder !== b.offer.bidder) return a.offer.bidder < b.offer.bidder ? -1 : 1
  return a.offer.id < b.offer.id ? -1 : a.offer.id > b.offer.id ? 1 : 0
}
