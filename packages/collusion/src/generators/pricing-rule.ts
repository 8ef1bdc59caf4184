/**
 * What an honest bidder asks under the rule of the auction, given its cost, how many compete and the reserve; and what
 * a ring lets its designated member ask, given how much of the room below the reserve it takes.
 *
 * `first-price`: c + (r − c)/k, the equilibrium with uniform costs (V. Krishna, Auction Theory, 2nd ed., 2.3).
 * `second-price`: c, dominant; the ring gains by what its other members do not bid.
 * `cost-plus`: c and a margin that does not answer to competition, as on quotes by formula.
 */
import { COST_RANGE } from './tender-draw.ts'

export const PRICING_RULES = ['first-price', 'second-price', 'cost-plus'] as const
export type PricingRule = (typeof PRICING_RULES)[number]

interface Position {
  readonly cost: number
  readonly reserve: number
}

const COST_PLUS_SHARE = 0.15

export function honestAsk(rule: PricingRule, { cost, reserve }: Position, competitors: number): number {
  if (rule === 'second-price') return cost
  if (rule === 'cost-plus') return cost + (reserve - reserve / (1 + COST_RANGE)) * COST_PLUS_SHARE
  return cost + (reserve - cost) / competitors
}

/** Just below the reserve, so that the tender is not cancelled. */
const BELOW_RESERVE = 0.995

/** @param share of the room between cost and reserve, 0 to 1 */
export function designatedAsk(rule: PricingRule, { cost, reserve }: Position, share: number): number {
  return rule === 'second-price' ? cost : cost + share * (BELOW_RESERVE * reserve - cost)
}
