// Sybils: one owner bids under several names. It competes with the outsiders as one, and its other names bid a hair more, so that the
// auction looks fuller than it is; where a reward is set by the second-best bid, the owner sets it itself (collusion.md §7).
import { competitivePrice } from '../competitive-price.ts'
import type { TenderStrategyKind } from '../tender-strategy.ts'
import { outsiders } from './ring.ts'

const PPM = 1_000_000
const SPREAD = 0.0005

/** x = competitive price against the outsiders alone; name k bids x (1 + 0.0005 u + step · k), the first one the least. */
export const sybilKind: TenderStrategyKind<'sybil', 'stepPpm'> = {
  kind: 'sybil',
  conduct: 'collusive',
  parameters: {
    stepPpm: {
      usual: 1_000,
      least: 1,
      most: 100_000,
      meaning: 'how much more each further name asks for, in millionths of the price',
    },
  },
  create: ({ stepPpm }, ring) => ({
    bid(tender) {
      const price = competitivePrice(tender, outsiders(tender, ring) + 1)
      const name = ring.indexOf(tender.self)
      if (price === null || name === -1) return price
      return Math.min(tender.reserve, price * (1 + SPREAD * tender.draw() + (stepPpm / PPM) * name))
    },
  }),
}
