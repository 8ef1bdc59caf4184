// First come, first served: the first valid fill wins at the user's limit, the others lose the gas of an attempt that reverts
// (Across without exclusivity, DLN, Omni, Hyperlane7683). Nothing of the offer reaches the user but the limit: rents go to latency.
import type { MechanismRule } from '../mechanism.ts'
import { perLot, splitFeasible } from '../per-lot.ts'
import { race, SIGHT_MS } from '../race.ts'

/**
 * The offer that lands first among those that would take the order at its limit. Half of a delay is hearing of the order, half is the
 * way of the fill: who hears late sees that it is taken and sends none.
 */
export const firstComeRule: MechanismRule<'first-come', 'sightMs'> = {
  rule: 'first-come',
  parameters: { sightMs: SIGHT_MS },
  create: ({ sightMs }) =>
    perLot((lot, offers) => {
      const { feasible, dropped } = splitFeasible(offers, lot.reserve)
      const attempts = feasible.map(({ offer }) => ({
        offer,
        sentMs: offer.delayMs >> 1,
        landsMs: offer.delayMs,
        amount: lot.reserve,
      }))
      return race(lot, attempts, { sightMs, dropped })
    }),
}
