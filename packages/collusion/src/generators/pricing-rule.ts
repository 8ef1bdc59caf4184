/**
 * What an honest bidder asks under the rule of the auction, given its cost, how many compete and the reserve; and what
 * a ring lets its designated member ask, given how much of the room below the reserve it takes. k compete; costs are uniform.
 *
 * `first-price`: c + (r − c)/k (V. Krishna, Auction Theory, 2nd ed., 2.3); also of sealed bids that are encrypted.
 * `second-price`: c, dominant; the ring gains by what its other members do not bid.
 * `mixed-payment`: half of the lowest ask and half of the second: c + (r − c)·½/(k − ½) (M. Banchio, A. Skrzypacz 2022, with α = ½).
 * `falling-price`: a Dutch auction, in strategy the same as first price (Krishna 1.2.2), on the steps of its blocks.
 * `cost-plus`: c and a margin that does not answer to competition, as on quotes by formula.
 * `capped-reward`: a batch auction that pays winners their distance to the next, up to a cap: c, and what the first-price margin
 * is above the cap. An approximation of ours: no equilibrium of the capped rule is published.
 * `fading-quotes`: quotes at first price that are withdrawn where costs rise above them before they are filled.
 */
import type { RandomStream } from '@solvent/ports'
import { assertNever, exp } from '@solvent/primitives'
import { COST_RANGE } from './tender-draw.ts'

export const PRICING_RULES = [
  'first-price',
  'second-price',
  'mixed-payment',
  'falling-price',
  'cost-plus',
  'capped-reward',
  'fading-quotes',
] as const
export type PricingRule = (typeof PRICING_RULES)[number]

interface Position {
  readonly cost: number
  readonly reserve: number
}

const COST_PLUS_SHARE = 0.15

/** Of the tender's base. */
const REWARD_CAP = 0.01

/** Of the lowest ask; the rest of the payment is of the second. */
const FIRST_PRICE_SHARE = 0.5

export function honestAsk(rule: PricingRule, { cost, reserve }: Position, competitors: number): number {
  const leastCost = reserve / (1 + COST_RANGE)
  const room = reserve - cost
  switch (rule) {
    case 'second-price':
      return cost
    case 'cost-plus':
      return cost + (reserve - leastCost) * COST_PLUS_SHARE
    case 'mixed-payment':
      return cost + (room * FIRST_PRICE_SHARE) / (competitors - 1 + FIRST_PRICE_SHARE)
    case 'capped-reward':
      return cost + Math.max(0, room / competitors - REWARD_CAP * leastCost)
    case 'first-price':
    case 'falling-price':
    case 'fading-quotes':
      return cost + room / competitors
    default:
      return assertNever(rule)
  }
}

/** Of the tender's base: how far a falling price goes from block to block. */
const BLOCK_STEP = 0.004

/** An ask as the auction sees it: of a falling price the first step that is enough. */
export function seenAsk(rule: PricingRule, ask: number, base: number): number {
  if (rule !== 'falling-price') return ask
  const step = BLOCK_STEP * base
  return Math.ceil(ask / step) * step
}

/** Of the logarithm of what costs move by between a quote and its fill. */
const FADE_SIGMA = 0.02

/** Whether a quote is withdrawn before it is filled. */
export function isWithdrawn(
  rule: PricingRule,
  { ask, cost }: { readonly ask: number; readonly cost: number },
  stream: RandomStream,
): boolean {
  return rule === 'fading-quotes' && cost * exp(stream.normal(0, FADE_SIGMA)) > ask
}

/** Just below the reserve, so that the tender is not cancelled. */
const BELOW_RESERVE = 0.995

/** @param share of the room between cost and reserve, 0 to 1 */
export function designatedAsk(rule: PricingRule, { cost, reserve }: Position, share: number): number {
  return rule === 'second-price' ? cost : cost + share * (BELOW_RESERVE * reserve - cost)
}
