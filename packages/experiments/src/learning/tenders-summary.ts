// What the sessions of a study of tenders come to.
import type { TenderLabel, TenderOutcomeOfBidder, TendersOutcome } from '@solvent/collusion'
import { type Figure, figureOf, meanOf } from './figure.ts'

export interface TendersSummary {
  readonly kind: 'tenders'
  readonly sessions: number
  readonly converged: number
  /** Prices, costs and profits are parts of an order's value, means over the tenders of a session. */
  readonly price: Figure
  /** Null without a counterfactual. */
  readonly competitivePrice: Figure | null
  /** Paired: price less the counterfactual's, session by session. */
  readonly overcharge: Figure | null
  /** Tenders until the price stood still. */
  readonly periods: Figure
  readonly filled: Figure
  readonly contested: Figure
  readonly hhi: Figure
  readonly winnerCost: Figure
  readonly excessCost: Figure
  readonly fades: Figure
  readonly bidders: readonly BidderSummary[]
  /** Means over sessions, by block of tenders. */
  readonly blocks: {
    readonly price: readonly number[]
    readonly competitivePrice: readonly number[] | null
    readonly filled: readonly number[]
    readonly hhi: readonly number[]
  }
}

export interface BidderSummary extends Omit<TenderLabel, 'name'> {
  readonly id: string
  readonly share: Figure
  readonly profit: Figure
  readonly sidePayments: Figure
  /** Null where it never could bid. */
  readonly regret: Figure | null
  /** What is proved of the regret; null where nothing is. */
  readonly regretBound: number | null
}

/** @param outcomes at least one, all of one study */
export function tendersSummary(outcomes: readonly TendersOutcome[]): TendersSummary {
  const figure = (of: (outcome: TendersOutcome) => number) => figureOf(outcomes.map(of))
  const optional = (of: (outcome: TendersOutcome) => number | null) => figureOfKnown(outcomes.map(of))
  return {
    kind: 'tenders',
    sessions: outcomes.length,
    converged: outcomes.filter(({ converged }) => converged).length,
    price: figure(({ price }) => price),
    competitivePrice: optional(({ competitivePrice }) => competitivePrice),
    overcharge: optional(({ overcharge }) => overcharge),
    periods: figure(({ periods }) => periods),
    filled: figure(({ filled }) => filled),
    contested: figure(({ contested }) => contested),
    hhi: figure(({ hhi }) => hhi),
    winnerCost: figure(({ winnerCost }) => winnerCost),
    excessCost: figure(({ excessCost }) => excessCost),
    fades: figure(({ fades }) => fades),
    bidders: (outcomes[0]?.bidders ?? []).map(({ name, strategy, conduct, ring, regretBound }, at) => {
      const of = (pick: (bidder: TenderOutcomeOfBidder) => number | null) =>
        outcomes.map(({ bidders }) => pick(bidders[at] as TenderOutcomeOfBidder))
      return {
        ...{ id: name, strategy, conduct, ring },
        share: figureOf(of(({ share }) => share) as number[]),
        profit: figureOf(of(({ profit }) => profit) as number[]),
        sidePayments: figureOf(of(({ sidePayments }) => sidePayments) as number[]),
        regret: figureOfKnown(of(({ regret }) => regret)),
        regretBound,
      }
    }),
    blocks: {
      price: byBlock(outcomes.map(({ blocks }) => blocks.price)),
      competitivePrice:
        outcomes[0]?.blocks.competitivePrice === null
          ? null
          : byBlock(outcomes.map(({ blocks }) => blocks.competitivePrice ?? [])),
      filled: byBlock(outcomes.map(({ blocks }) => blocks.filled)),
      hhi: byBlock(outcomes.map(({ blocks }) => blocks.hhi)),
    },
  }
}

/** Of the sessions that have the figure; null where none has. */
function figureOfKnown(values: readonly (number | null)[]): Figure | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : figureOf(known)
}

function byBlock(sessions: readonly (readonly number[])[]): number[] {
  return (sessions[0] ?? []).map((_, block) => meanOf(sessions.map((blocks) => blocks[block] ?? Number.NaN)))
}
