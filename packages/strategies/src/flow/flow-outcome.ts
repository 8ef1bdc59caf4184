// What a played flow meant for users and solvers, and as a matrix of bids that a screen can read.
import type { PlayedFlow } from './play-flow.ts'

export interface FlowOutcome {
  /** Mean of what users paid, in parts of the value; unfilled orders count at their reserve. */
  readonly meanPaid: number
  readonly filledShare: number
  /** Mean cost of the winners: what the fill used up. */
  readonly meanWinnerCost: number
  readonly wins: ReadonlyMap<string, number>
  /** Sum of squared shares of wins. */
  readonly hhi: number
  /** Tenders with at least two bids. */
  readonly contestedShare: number
  readonly fades: number
}

/** Sums a played flow up. */
export function flowOutcome({ tenders, labels }: PlayedFlow): FlowOutcome {
  const wins = new Map([...labels.keys()].map((bidder) => [bidder, 0]))
  let paid = 0
  let cost = 0
  let filled = 0
  let contested = 0
  let fades = 0
  for (const { winner, paid: price, winnerCost, bids, faded } of tenders) {
    paid += price
    fades += faded.length
    if (bids.size >= 2) contested += 1
    if (winner === null) continue
    filled += 1
    cost += winnerCost ?? 0
    wins.set(winner, (wins.get(winner) ?? 0) + 1)
  }
  let hhi = 0
  for (const won of wins.values()) hhi += filled === 0 ? 0 : (won / filled) * (won / filled)
  return {
    meanPaid: paid / tenders.length,
    filledShare: filled / tenders.length,
    meanWinnerCost: filled === 0 ? 0 : cost / filled,
    wins,
    hhi,
    contestedShare: contested / tenders.length,
    fades,
  }
}

/** One tender as `solvent screen` reads it: prices by bidder in one order, null for no bid. */
export interface ScreenedTender {
  readonly id: string
  readonly chain: string
  readonly asset: string
  readonly base: number
  readonly reserve: number
  readonly costs: readonly number[]
  readonly bids: readonly (number | null)[]
}

/** The flow as tenders for a screen, and which bidders form its ring. */
export function asTenders({ tenders, labels }: PlayedFlow): {
  readonly bidders: readonly string[]
  readonly tenders: readonly ScreenedTender[]
  readonly ring: readonly number[]
} {
  const bidders = [...labels.keys()]
  return {
    bidders,
    tenders: tenders.map(({ order, bids }) => ({
      id: order.id,
      chain: order.market.chain,
      asset: order.market.asset,
      base: 1,
      reserve: order.reserve,
      costs: bidders.map((bidder) => order.costs.get(bidder) ?? 0),
      bids: bidders.map((bidder) => bids.get(bidder) ?? null),
    })),
    ring: bidders.flatMap((bidder, index) => (labels.get(bidder)?.conduct === 'collusive' ? [index] : [])),
  }
}
