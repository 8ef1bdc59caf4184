// Last look: a bidder that sees rivals' bids before it must decide (a leaking auctioneer or trusted execution environment, a sequencer's
// mempool) undercuts the best of them by a tick, and no more. Without a leak it competes like anyone.
import { competitivePrice } from '../competitive-price.ts'
import type { TenderStrategyKind } from '../tender-strategy.ts'

const PPM = 1_000_000

/** price = best leaked price − tick, when that is above its cost. */
export const lastLookKind: TenderStrategyKind<'last-look', 'tickPpm'> = {
  kind: 'last-look',
  conduct: 'manipulative',
  parameters: {
    tickPpm: { usual: 10, least: 1, most: PPM, meaning: 'how much it undercuts, in millionths of the value' },
  },
  create: ({ tickPpm }) => ({
    bid(tender) {
      const { leaked, cost, reserve } = tender
      if (leaked === null || leaked.size === 0) return competitivePrice(tender, tender.bidders.length)
      if (cost > reserve) return null
      const undercut = Math.min(reserve, ...leaked.values()) - tickPpm / PPM
      return undercut < cost ? cost : undercut
    },
  }),
}
