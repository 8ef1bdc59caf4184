// Bid rotation: members take turns to win at a price near the reserve; the others ask for more, or send nothing. Perfect rotation leaves
// shares equal, so that only the sequence of winners shows it (collusion.md §6). McAfee and McMillan 1992: the weak cartel.
import type { TenderStrategyKind } from '../tender-strategy.ts'
import { RING_PARAMETERS, ringMember, turnOf } from './ring.ts'

const PPM = 1_000_000

type Parameters = keyof typeof RING_PARAMETERS | 'pricePpm' | 'coverPpm'

/** price = c + share · (r − c) at the cost of whose turn it is; others price · (1 + cover · (0.5 + u)), at most the reserve. */
export const bidRotationKind: TenderStrategyKind<'bid-rotation', Parameters> = {
  kind: 'bid-rotation',
  conduct: 'collusive',
  parameters: {
    ...RING_PARAMETERS,
    pricePpm: {
      usual: 970_000,
      least: 0,
      most: PPM,
      meaning: 'how far from its cost to the reserve the price of the turn is, in millionths',
    },
    coverPpm: {
      usual: 20_000,
      least: 0,
      most: PPM,
      meaning: 'how much more the others ask for, in millionths of that price; 0: they send nothing',
    },
  },
  create({ pricePpm, coverPpm, ...parameters }, ring) {
    const priceAt = (cost: number, reserve: number) => cost + (pricePpm / PPM) * Math.max(0, reserve - cost)
    return ringMember(ring, parameters, {
      designate: (tender) => turnOf(ring, tender, parameters),
      lead: ({ cost, reserve }) => (cost > reserve ? null : priceAt(cost, reserve)),
      follow({ cost, reserve, told, draw }, designated) {
        if (coverPpm === 0) return null
        const price = priceAt(told?.get(designated) ?? cost, reserve)
        return Math.min(reserve, price * (1 + (coverPpm / PPM) * (0.5 + draw())))
      },
    })
  },
}
