/**
 * How bidders bid: competition, and the kinds of cartel. Each answers to a tender's draw with everyone's bid; null is
 * no bid. Numbers are those of the reference bid matrices.
 *
 * Outsiders of a ring compete with each other and with the ring as one, also where the ring does not bid.
 */
import type { RandomStream } from '@solvent/ports'
import { exp } from '@solvent/primitives'
import { designatedAsk, honestAsk, type PricingRule } from './pricing-rule.ts'
import { CHAINS, type TenderDraw } from './tender-draw.ts'

export const CONDUCTS = [
  'competitive',
  'cover',
  'incomplete-cover',
  'rotation',
  'noisy-rotation',
  'suppression',
  'division',
  'sybil',
] as const

export type ConductKind = (typeof CONDUCTS)[number]

export interface Situation {
  readonly draw: TenderDraw
  /** Number of the tender from 0. */
  readonly turn: number
  /** Bidders of the ring; of `sybil`, the identities of one owner. */
  readonly ring: readonly number[]
  readonly rule: PricingRule
  readonly stream: RandomStream
}

export interface Conduct {
  readonly bids: readonly (number | null)[]
  /** Who was to win, null where nobody agreed on anything. */
  readonly designated: number | null
}

/** Spread of what bidders misjudge, as a share of the bid. */
const NOISE_SIGMA = 0.012

export function conductOf(kind: ConductKind, situation: Situation): Conduct {
  return RULES[kind](situation)
}

const RULES: Readonly<Record<ConductKind, (situation: Situation) => Conduct>> = {
  competitive: (situation) => ({
    bids: honestBids(situation, () => situation.draw.costs.length),
    designated: null,
  }),
  cover,
  'incomplete-cover': cover,
  rotation,
  'noisy-rotation': noisyRotation,
  suppression: (situation) => {
    const designated = cheapestOf(situation)
    const bids = honestBids(situation, (bidder) =>
      bidder === designated || !situation.ring.includes(bidder) ? outsiders(situation) + 1 : null,
    )
    return { bids, designated }
  },
  division: (situation) => {
    const team = situation.draw.costs.filter((_, bidder) => isAtHome(bidder, situation)).length
    return {
      bids: honestBids(situation, (bidder) => (isAtHome(bidder, situation) ? team : null)),
      designated: null,
    }
  },
  sybil,
}

/** With no outsider to fear the ring takes nearly all of the room. */
const COVER_SHARE = 0.85
const COVER_SHARE_ALONE = 0.97

function cover(situation: Situation): Conduct {
  const { draw, rule } = situation
  const designated = cheapestOf(situation)
  const share = outsiders(situation) === 0 ? COVER_SHARE_ALONE : COVER_SHARE
  const ask = designatedAsk(rule, { cost: draw.costs[designated]!, reserve: draw.reserve }, share)
  return { bids: ringBids(situation, { designated, ask, from: 1.01, range: 0.02 }), designated }
}

function rotation(situation: Situation): Conduct {
  const { draw, ring, turn, stream } = situation
  const designated = ring[turn % ring.length]!
  const ask = 1.17 * draw.base * (1 + 0.01 * stream.uniform())
  return { bids: ringBids(situation, { designated, ask, from: 1.03, range: 0.06 }), designated }
}

const OUT_OF_TURN = 0.15

function noisyRotation(situation: Situation): Conduct {
  const { draw, ring, turn, stream } = situation
  const designated = stream.bernoulli(OUT_OF_TURN) ? stream.pick(ring) : ring[turn % ring.length]!
  const ask = Math.max(1.01 * draw.costs[designated]!, 1.15 * draw.base * (1 + 0.01 * stream.uniform()))
  return { bids: ringBids(situation, { designated, ask, from: 1.02, range: 0.05 }), designated }
}

/** One owner bids at its first identity's cost under several names, a thousandth apart. */
function sybil(situation: Situation): Conduct {
  const { draw, ring, rule, stream } = situation
  const lead = ring[0]!
  const position = { cost: draw.costs[lead]!, reserve: draw.reserve }
  const ask = honestAsk(rule, position, outsiders(situation) + 1) * noise(stream)
  const bids = honestBids(situation, (bidder) => (ring.includes(bidder) ? null : outsiders(situation) + 1))
  const withNames = bids.map((bid, bidder) =>
    ring.includes(bidder) ? ask * (1 + 0.0005 * stream.uniform() + 0.001 * ring.indexOf(bidder)) : bid,
  )
  return { bids: withNames, designated: lead }
}

interface Agreement {
  readonly designated: number
  readonly ask: number
  /** The others ask the designated member's price times `from` to `from` + `range`. */
  readonly from: number
  readonly range: number
}

function ringBids(situation: Situation, { designated, ask, from, range }: Agreement) {
  const honest = honestBids(situation, (bidder) =>
    situation.ring.includes(bidder) ? null : outsiders(situation) + 1,
  )
  if (situation.draw.costs[designated]! > situation.draw.reserve) return honest
  return honest.map((bid, bidder) => {
    if (bidder === designated) return ask
    return situation.ring.includes(bidder) ? ask * (from + range * situation.stream.uniform()) : bid
  })
}

/**
 * Nobody bids whose cost is above the reserve.
 *
 * @param competitors whom a bidder thinks to compete with, itself included; null: does not bid
 */
function honestBids(
  { draw, rule, stream }: Situation,
  competitors: (bidder: number) => number | null,
): (number | null)[] {
  return draw.costs.map((cost, bidder) => {
    const rivals = competitors(bidder)
    if (rivals === null || cost > draw.reserve) return null
    return honestAsk(rule, { cost, reserve: draw.reserve }, rivals) * noise(stream)
  })
}

const noise = (stream: RandomStream) => exp(stream.normal(0, NOISE_SIGMA))

const outsiders = ({ draw, ring }: Situation) => draw.costs.length - ring.length

const isAtHome = (bidder: number, { draw }: Situation) => bidder % CHAINS === draw.chain

function cheapestOf({ draw, ring }: Situation): number {
  return ring.reduce((cheapest, bidder) => (draw.costs[bidder]! < draw.costs[cheapest]! ? bidder : cheapest))
}
