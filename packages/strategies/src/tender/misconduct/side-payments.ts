// A ring with side payments (the strong cartel of McAfee and McMillan 1992): the cheapest member fills at the ring's price and shares what
// that brings above competition with the others, so that nobody minds whose turn it is.
import { competitivePrice } from '../competitive-price.ts'
import type { Tender } from '../tender.ts'
import type { TenderStrategyKind } from '../tender-strategy.ts'
import { LatestTenders } from './latest-tenders.ts'
import { cheapestOrTurn, outsiders, RING_PARAMETERS, ringMember } from './ring.ts'

const PPM = 1_000_000

/** Each other member is owed the winner's price above what competition would have paid, in equal parts. */
export const sidePaymentsKind: TenderStrategyKind<
  'side-payments',
  keyof typeof RING_PARAMETERS | 'pricePpm' | 'sharedPpm'
> = {
  kind: 'side-payments',
  conduct: 'collusive',
  parameters: {
    ...RING_PARAMETERS,
    pricePpm: {
      usual: 970_000,
      least: 0,
      most: PPM,
      meaning: 'how far from cost to reserve the winning price is without outsiders, in millionths',
    },
    sharedPpm: {
      usual: PPM,
      least: 0,
      most: PPM,
      meaning: 'how much of the gain is divided among all members, in millionths',
    },
  },
  create: ({ pricePpm, sharedPpm, ...parameters }, ring) => {
    /** What this member would have asked for in competition, of the tenders that it was to win: whoever loses one is not asked what it owes. */
    const competitive = new LatestTenders<number>()
    const lead = (tender: Tender): number | null => {
      const { cost, reserve, id } = tender
      const fair = competitivePrice(tender, tender.bidders.length)
      if (fair === null) return null
      competitive.set(id, fair)
      const rivals = outsiders(tender, ring)
      return rivals === 0 ? cost + (pricePpm / PPM) * (reserve - cost) : competitivePrice(tender, rivals + 1)
    }
    return ringMember(ring, parameters, {
      designate: (tender) => cheapestOrTurn(ring, tender, parameters),
      lead,
      follow: () => null,
      owes({ id, winner, paid }) {
        const fair = competitive.take(id)
        if (fair === undefined || winner === null || !ring.includes(winner)) return []
        const part = ((sharedPpm / PPM) * Math.max(0, paid - fair)) / ring.length
        return part === 0 ? [] : ring.filter((member) => member !== winner).map((to) => ({ to, part }))
      },
    })
  },
}
