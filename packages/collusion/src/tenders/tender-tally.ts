// What a session's tenders come to: by block of tenders, and by bidder.
import type { Cleared, TenderBids } from './tender-clearing.ts'
import type { DrawnTender } from './tender-draws.ts'
import type { TenderStudy } from './tender-study.ts'

export interface TenderTally {
  count(time: number, drawn: DrawnTender, bids: TenderBids, cleared: Cleared): void
  /** What one bidder has paid another, or (below zero) a penalty: in order values. */
  pay(bidder: number, part: number): void
  /** A side payment within a ring. */
  share(from: number, to: number, part: number): void
  sums(): TenderSums
}

/** Means are per tender, in parts of the value. */
export interface TenderSums {
  readonly price: number
  readonly filled: number
  readonly contested: number
  readonly winnerCost: number
  /** How much dearer than the cheapest bidder whoever filled was. */
  readonly excessCost: number
  readonly fades: number
  readonly hhi: number
  readonly bidders: readonly {
    readonly share: number
    readonly profit: number
    /** Part of the profit: what others of its ring paid it, less what it paid them. */
    readonly sidePayments: number
  }[]
  readonly blocks: {
    readonly price: readonly number[]
    readonly filled: readonly number[]
    readonly hhi: readonly number[]
  }
}

/** Block of a tender: blocks differ by one tender at most. */
export function blockOf(time: number, { tenders, blocks }: Pick<TenderStudy, 'tenders' | 'blocks'>): number {
  return Math.floor((time * blocks) / tenders)
}

export function tenderTally(study: TenderStudy): TenderTally {
  const { blocks, tenders } = study
  const bidders = study.bidders.length
  const [counts, prices] = [new Float64Array(blocks), new Float64Array(blocks)]
  const wins = new Float64Array(blocks * bidders)
  const [profits, shared] = [new Float64Array(bidders), new Float64Array(bidders)]
  let contested = 0
  let winnerCost = 0
  let excessCost = 0
  let fades = 0
  const add = (sums: Float64Array, at: number, amount: number) => {
    sums[at] = (sums[at] as number) + amount
  }
  return {
    count(time, { costs }, bids, { winner, paid, faded, extras, hasExtras }) {
      const block = blockOf(time, study)
      add(counts, block, 1)
      add(prices, block, paid)
      fades += faded.length
      let bidding = 0
      let cheapest = Number.POSITIVE_INFINITY
      for (let bidder = 0; bidder < bidders; bidder++) {
        if (!Number.isNaN(bids.prices[bidder])) bidding++
        if ((costs[bidder] as number) < cheapest) cheapest = costs[bidder] as number
      }
      if (bidding > 1) contested++
      if (hasExtras)
        for (let bidder = 0; bidder < bidders; bidder++) add(profits, bidder, extras[bidder] ?? 0)
      if (winner < 0) return
      const cost = costs[winner] as number
      add(wins, block * bidders + winner, 1)
      add(profits, winner, paid - cost)
      winnerCost += cost
      excessCost += cost - cheapest
    },
    pay: (bidder, part) => add(profits, bidder, -part),
    share(from, to, part) {
      add(shared, from, -part)
      add(shared, to, part)
    },
    sums() {
      const winsOf = (bidder: number) => sumOf(blocks, (block) => wins[block * bidders + bidder] ?? 0)
      const won = Array.from({ length: bidders }, (_, bidder) => winsOf(bidder))
      const filled = won.reduce((sum, count) => sum + count, 0)
      const inBlock = (block: number) => [...wins.subarray(block * bidders, (block + 1) * bidders)]
      const filledIn = (block: number) => inBlock(block).reduce((sum, count) => sum + count, 0)
      const series = (of: (block: number) => number) =>
        Array.from({ length: blocks }, (_, block) => of(block))
      return {
        price: sumOf(blocks, (block) => prices[block] ?? 0) / tenders,
        filled: filled / tenders,
        contested: contested / tenders,
        winnerCost: filled === 0 ? 0 : winnerCost / filled,
        excessCost: filled === 0 ? 0 : excessCost / filled,
        fades: fades / tenders,
        hhi: hhiOf(won, filled),
        bidders: won.map((count, bidder) => ({
          share: filled === 0 ? 0 : count / filled,
          profit: ((profits[bidder] ?? 0) + (shared[bidder] ?? 0)) / tenders,
          sidePayments: (shared[bidder] ?? 0) / tenders,
        })),
        blocks: {
          price: series((block) => (prices[block] ?? 0) / (counts[block] ?? 1)),
          filled: series((block) => filledIn(block) / (counts[block] ?? 1)),
          hhi: series((block) => hhiOf(inBlock(block), filledIn(block))),
        },
      }
    },
  }
}

/** Sum of squared shares; 0 of nothing. */
function hhiOf(wins: readonly number[], all: number): number {
  return all === 0 ? 0 : wins.reduce((sum, count) => sum + (count / all) * (count / all), 0)
}

function sumOf(count: number, of: (at: number) => number): number {
  let sum = 0
  for (let at = 0; at < count; at++) sum += of(at)
  return sum
}
