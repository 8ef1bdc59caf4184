// A bidder that competes and knows only its own cost and the order's limit: the equilibrium price with costs uniform up to that limit,
// c + (r − c)/n; at second price its cost. What rings are compared with.
import { competitivePrice } from './competitive-price.ts'
import type { TenderStrategyKind } from './tender-strategy.ts'

export const competitiveKind: TenderStrategyKind<'competitive', never> = {
  kind: 'competitive',
  conduct: 'competitive',
  parameters: {},
  create: () => ({ bid: (tender) => competitivePrice(tender, tender.bidders.length) }),
}
