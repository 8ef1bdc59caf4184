// What the world draws for each tender: costs, delays, markets, who is lucky in a tie. Each from a stream of its own name, so that a bidder more, or
// other strategies, change nothing of what the rest is drawn: two plays of a session meet the same tenders.
import type { RandomStreams } from '@solvent/kernel'
import type { RandomStream } from '@solvent/ports'
import { exp, ln } from '@solvent/primitives'
import { type CostDraw, DRAWN, type TenderStudy } from './tender-study.ts'

const PPM = 1_000_000

/** One tender as it was drawn; the same object for every tender. */
export interface DrawnTender {
  /** By bidder, in parts of the value. */
  readonly costs: Float64Array
  readonly delaysMs: Int32Array
  /** By bidder: who comes first among equals. */
  readonly ranks: Int32Array
  market: { chain: string; asset: string; user: string }
  /** Number of the bidder with the exclusive right; −1: nobody. */
  exclusive: number
  leaks: boolean
}

export interface TenderDraws {
  readonly tender: DrawnTender
  /** Draws the next one into `tender`. */
  next(): void
}

/** Only what the study needs is drawn; streams do not hang together. */
export function tenderDraws(study: TenderStudy, streams: RandomStreams, session: string): TenderDraws {
  const { bidders, markets, delaysMs, leak, exclusiveTo, sharedCostSigma } = study
  const streamOf = (name: string) => streams.stream(`${session}/${name}`)
  const costs = bidders.map(({ name, costs: draw }) => costOf(draw, streamOf(`cost/${name}`)))
  const delays = bidders.map(({ name }) => streamOf(`delay/${name}`))
  const ties = streamOf('ties')
  const shocks = streamOf('shock')
  const leaks = streamOf('leak')
  const rights = streamOf('exclusive')
  const places = (['chain', 'asset', 'user'] as const).map((kind) => ({
    kind,
    stream: streamOf(kind),
    names: Array.from({ length: markets[`${kind}s`] }, (_, at) => `${kind}-${at + 1}`),
  }))
  const tender: DrawnTender = {
    costs: new Float64Array(bidders.length),
    delaysMs: new Int32Array(bidders.length).fill(delaysMs.low),
    ranks: Int32Array.from(bidders.keys()),
    market: { chain: 'chain-1', asset: 'asset-1', user: 'user-1' },
    exclusive: bidders.findIndex(({ name }) => name === exclusiveTo),
    leaks: false,
  }
  const spread = delaysMs.high - delaysMs.low + 1
  return {
    tender,
    next() {
      const shock = sharedCostSigma > 0 ? exp(shocks.normal(0, sharedCostSigma)) : 1
      for (let bidder = 0; bidder < costs.length; bidder++)
        tender.costs[bidder] = Math.min(1, shock * (costs[bidder] as () => number)())
      if (spread > 1)
        for (let bidder = 0; bidder < delays.length; bidder++)
          tender.delaysMs[bidder] = delaysMs.low + (delays[bidder] as RandomStream).int(spread)
      shuffle(tender.ranks, ties)
      for (const { kind, stream, names } of places)
        if (names.length > 1) tender.market[kind] = names[stream.int(names.length)] as string
      if (exclusiveTo === DRAWN) tender.exclusive = rights.int(bidders.length)
      if (leak !== undefined) tender.leaks = leaks.uniform() * PPM < leak.ppm
    },
  }
}

function costOf(draw: CostDraw, stream: RandomStream): () => number {
  if (draw.kind === 'fixed') return () => draw.cost
  if (draw.kind === 'uniform') return () => draw.low + stream.uniform() * (draw.high - draw.low)
  const middle = ln(draw.median)
  return () => exp(stream.normal(middle, draw.sigma))
}

/** Fisher and Yates, of whatever order it finds. */
function shuffle(ranks: Int32Array, stream: RandomStream): void {
  for (let last = ranks.length - 1; last > 0; last--) {
    const at = stream.int(last + 1)
    const rank = ranks[last] as number
    ranks[last] = ranks[at] as number
    ranks[at] = rank
  }
}
