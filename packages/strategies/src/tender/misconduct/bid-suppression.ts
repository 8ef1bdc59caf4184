// Bid suppression: all members but one send nothing, and that one competes with the outsiders alone (Graham and Marshall 1987 at second
// price, where it holds itself together: nobody gains by breaking it).
import { competitivePrice } from '../competitive-price.ts'
import type { TenderStrategyKind } from '../tender-strategy.ts'
import { cheapestOrTurn, outsiders, RING_PARAMETERS, ringMember } from './ring.ts'

/** The designated member bids as if it had only the outsiders against it; the others are silent. */
export const bidSuppressionKind: TenderStrategyKind<'bid-suppression', keyof typeof RING_PARAMETERS> = {
  kind: 'bid-suppression',
  conduct: 'collusive',
  parameters: RING_PARAMETERS,
  create: (parameters, ring) =>
    ringMember(ring, parameters, {
      designate: (tender) => cheapestOrTurn(ring, tender, parameters),
      lead: (tender) => competitivePrice(tender, outsiders(tender, ring) + 1),
      follow: () => null,
    }),
}
