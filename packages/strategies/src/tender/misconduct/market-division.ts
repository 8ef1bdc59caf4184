// Market division: each member keeps to its own chains, assets or users, and is silent in those of the others. No cover bids are needed,
// and no turn; wins are concentrated by market, which a test of chain against solver sees (collusion.md §5).
import { competitivePrice } from '../competitive-price.ts'
import type { TenderStrategyKind } from '../tender-strategy.ts'
import { commonDraw, outsiders, RING_PARAMETERS, ringMember } from './ring.ts'

/** A division by what a tender is about: whose a market is follows from its name. */
function division<Kind extends string>(
  kind: Kind,
  by: 'chain' | 'asset' | 'user',
): TenderStrategyKind<Kind, 'deviationPpm' | 'punishmentLength'> {
  const { deviationPpm, punishmentLength } = RING_PARAMETERS
  return {
    kind,
    conduct: 'collusive',
    parameters: { deviationPpm, punishmentLength },
    create: (parameters, ring) =>
      ringMember(ring, parameters, {
        designate: ({ market }) =>
          ring[Math.floor(commonDraw(market[by], `division by ${by} of ${ring.join()}`) * ring.length)] ?? '',
        lead: (tender) => competitivePrice(tender, outsiders(tender, ring) + 1),
        follow: () => null,
      }),
  }
}

export const chainDivisionKind = division('chain-division', 'chain')
export const assetDivisionKind = division('asset-division', 'asset')
export const userDivisionKind = division('user-division', 'user')
