// Two manipulations of auctions in which others' bids set what the winner gets (second price, fair combinatorial batch; collusion.md §4):
// withholding the second-best bid so that a partner's reward rises, and overbidding one order so that a rival's batch is filtered out.
import { competitivePrice } from '../competitive-price.ts'
import type { Tender } from '../tender.ts'
import type { TenderStrategyKind } from '../tender-strategy.ts'
import { cheapestOrTurn, commonDraw, RING_PARAMETERS, ringMember } from './ring.ts'

const PPM = 1_000_000
/** Rules under which a losing bid moves what the winner is paid. */
const SET_BY_RIVALS: ReadonlySet<string> = new Set(['second-price', 'fair-combinatorial'])

/** Where a losing bid counts, only the member with the best one sends it; elsewhere members compete. */
export const withholdSecondBestKind: TenderStrategyKind<
  'withhold-second-best',
  keyof typeof RING_PARAMETERS
> = {
  kind: 'withhold-second-best',
  conduct: 'collusive',
  parameters: RING_PARAMETERS,
  create: (parameters, ring) =>
    ringMember(ring, parameters, {
      designate: (tender) => cheapestOrTurn(ring, tender, parameters),
      lead: truthful,
      follow: (tender) =>
        SET_BY_RIVALS.has(tender.rule) ? null : competitivePrice(tender, tender.bidders.length),
    }),
}

/** Some orders are taken below cost, so that batches of rivals that hold them leave them below their reference. */
export const filterRivalBatchKind: TenderStrategyKind<'filter-rival-batch', 'targetPpm' | 'lossPpm'> = {
  kind: 'filter-rival-batch',
  conduct: 'manipulative',
  parameters: {
    targetPpm: { usual: 200_000, least: 0, most: PPM, meaning: 'how many orders are overbid, in millionths' },
    lossPpm: {
      usual: 2_000,
      least: 0,
      most: PPM,
      meaning: 'how far below cost the overbid is, in millionths of the order’s value',
    },
  },
  create: ({ targetPpm, lossPpm }) => ({
    bid: (tender) =>
      commonDraw(tender.id, 'filter') * PPM < targetPpm
        ? Math.max(0, tender.cost - lossPpm / PPM)
        : truthful(tender),
  }),
}

/** In these auctions the cost is the honest bid while the cap does not bind. */
function truthful(tender: Tender): number | null {
  if (SET_BY_RIVALS.has(tender.rule)) return tender.cost <= tender.reserve ? tender.cost : null
  return competitivePrice(tender, tender.bidders.length)
}
