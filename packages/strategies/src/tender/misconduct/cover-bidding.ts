// Cover bids: the cheapest member (where costs are told, else whose turn it is) wins high above its cost, and the others bid a little
// higher so that there seems to be competition (collusion.md §7, generator `cover`; incomplete where the ring is a minority).
import type { Tender } from '../tender.ts'
import type { TenderStrategyKind } from '../tender-strategy.ts'
import { cheapestOrTurn, outsiders, RING_PARAMETERS, ringMember } from './ring.ts'

const PPM = 1_000_000
/** The generators' figures: near the reserve, 1 % to 3 % over the winner. */
const BELOW_RESERVE = 0.995
const LEAST_COVER = 1.01
const COVER_SPREAD = 0.02

/** p = c + f (0.995 r − c); others p (1.01 + 0.02 u). f is higher without outsiders, who would undercut it. */
export const coverBiddingKind: TenderStrategyKind<
  'cover-bidding',
  keyof typeof RING_PARAMETERS | 'pricePpm' | 'pricePpmAlone'
> = {
  kind: 'cover-bidding',
  conduct: 'collusive',
  parameters: {
    ...RING_PARAMETERS,
    pricePpm: {
      usual: 850_000,
      least: 0,
      most: PPM,
      meaning: 'how far from cost to reserve the winning price is while outsiders bid, in millionths',
    },
    pricePpmAlone: {
      usual: 970_000,
      least: 0,
      most: PPM,
      meaning: 'the same when all known bidders are members, in millionths',
    },
  },
  create: ({ pricePpm, pricePpmAlone, ...parameters }, ring) => {
    const priceAt = (tender: Tender, cost: number) => {
      const part = (outsiders(tender, ring) > 0 ? pricePpm : pricePpmAlone) / PPM
      return cost + part * Math.max(0, BELOW_RESERVE * tender.reserve - cost)
    }
    return ringMember(ring, parameters, {
      designate: (tender) => cheapestOrTurn(ring, tender, parameters),
      lead: (tender) => (tender.cost > tender.reserve ? null : priceAt(tender, tender.cost)),
      follow(tender, designated) {
        const price = priceAt(tender, tender.told?.get(designated) ?? tender.cost)
        return Math.min(tender.reserve, price * (LEAST_COVER + COVER_SPREAD * tender.draw()))
      },
    })
  },
}
