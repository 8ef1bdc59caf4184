// Bidders of a study as players: each with its strategy, what it sees of a tender, and what is true about it.
import type { RandomStreams } from '@solvent/kernel'
import type { RandomStream } from '@solvent/ports'
import {
  type Conduct,
  conductOfStrategy,
  createBidder,
  type StrategyConfig,
  type Tender,
  type TenderStrategy,
} from '@solvent/strategies'
import type { DrawnTender } from './tender-draws.ts'
import type { TenderStudy } from './tender-study.ts'

/** What a bidder sees of the tender at hand; the same object for every tender, so that nobody may keep it. */
export class TenderSight implements Tender {
  id = ''
  time = 0
  cost = 0
  leaked: ReadonlyMap<string, number> | null = null
  market: Tender['market']
  readonly rule: string
  readonly self: string
  readonly bidders: readonly string[]
  readonly reserve: number
  readonly told: ReadonlyMap<string, number> | null
  /** Strategies take it out of the tender, so that it needs no `this`. */
  readonly draw: () => number

  constructor(
    { mechanism, bidders, reserve }: TenderStudy,
    bidder: number,
    own: { readonly told: ReadonlyMap<string, number> | null; readonly stream: RandomStream },
    drawn: DrawnTender,
  ) {
    this.rule = mechanism.rule
    this.bidders = bidders.map(({ name }) => name)
    this.self = this.bidders[bidder] ?? ''
    this.reserve = reserve
    this.told = own.told
    this.market = drawn.market
    this.draw = () => own.stream.uniform()
  }
}

export interface TenderPlayer {
  readonly strategy: TenderStrategy
  readonly sight: TenderSight
  readonly isInsider: boolean
}

/** Costs that members of a ring tell each other. */
export interface RingTalk {
  /** Numbers of its members. */
  readonly members: readonly number[]
  readonly told: Map<string, number>
}

export function ringTalks({ bidders, talkingRings }: TenderStudy): RingTalk[] {
  return talkingRings.map((ring) => ({
    members: ring.map((member) => bidders.findIndex(({ name }) => name === member)),
    told: new Map(),
  }))
}

export function tenderPlayers(
  study: TenderStudy,
  drawn: DrawnTender,
  talks: readonly RingTalk[],
  streams: RandomStreams,
  session: string,
): TenderPlayer[] {
  return study.bidders.map(({ name, strategy }, bidder) => {
    const told = talks.find(({ members }) => members.includes(bidder))?.told ?? null
    const stream = streams.stream(`${session}/bid/${name}`)
    return {
      strategy: createBidder(strategy),
      sight: new TenderSight(study, bidder, { told, stream }, drawn),
      isInsider: study.leak?.to.includes(name) === true,
    }
  })
}

/** What is true about a bidder. */
export interface TenderLabel {
  readonly name: string
  readonly strategy: StrategyConfig['kind']
  readonly conduct: Conduct
  /** Members of its ring; empty outside rings. */
  readonly ring: readonly string[]
}

export function tenderLabels({ bidders }: Pick<TenderStudy, 'bidders'>): TenderLabel[] {
  return bidders.map(({ name, strategy }) => ({
    name,
    strategy: strategy.kind,
    conduct: conductOfStrategy(strategy),
    ring: 'ring' in strategy ? (strategy.ring ?? []) : [],
  }))
}

/** The study with whoever is to be replaced bidding as the counterfactual says, and nobody who helps rings; null where it asks for none. */
export function counterfactualStudy(study: TenderStudy): TenderStudy | null {
  const { counterfactual, leak: _leak, ...rest } = study
  if (counterfactual === null) return null
  const replaced: ReadonlySet<Conduct> = new Set(
    counterfactual.replaces === 'misconduct'
      ? ['collusive', 'manipulative']
      : ['collusive', 'manipulative', 'learning'],
  )
  return {
    ...rest,
    counterfactual: null,
    mechanism: counterfactual.mechanism ?? study.mechanism,
    talkingRings: [],
    bidders: study.bidders.map((bidder) =>
      replaced.has(conductOfStrategy(bidder.strategy))
        ? { ...bidder, strategy: counterfactual.strategy }
        : bidder,
    ),
  }
}
