// Plays the tenders of a session, one after the other: bids, clearing, what is told, what is learnt. Strategies are the very objects that bid in
// solver nodes. What they see and hear is written into the same objects for every tender, and must not be kept by them.
import { createStreams } from '@solvent/kernel'
import type { TenderOutcome } from '@solvent/strategies'
import { createClearing } from './clear-tender.ts'
import { type LevelRegret, levelRegret } from './level-regret.ts'
import { createCleared, type TenderBids } from './tender-clearing.ts'
import { keepDisciplines } from './tender-disciplines.ts'
import { tenderDraws } from './tender-draws.ts'
import { ringTalks, type TenderPlayer, tenderPlayers } from './tender-players.ts'
import type { TenderStudy } from './tender-study.ts'
import { type TenderSums, tenderTally } from './tender-tally.ts'

/** A tender that was kept with all its bids. */
export interface KeptTender {
  readonly id: string
  readonly time: number
  readonly chain: string
  readonly asset: string
  /** By bidder; null: no bid. */
  readonly bids: readonly (number | null)[]
  readonly costs: readonly number[]
  readonly winner: number
}

export interface PlayedTenders {
  readonly sums: TenderSums
  /** Null where it was not asked for. */
  readonly regret: LevelRegret | null
  readonly kept: readonly KeptTender[]
}

export interface TenderSession {
  readonly seed: number
  readonly session: number
  /** Whether regrets are measured: of a counterfactual they are not. */
  readonly withRegret: boolean
  /** So many of the last tenders are kept. */
  readonly kept: number
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

export function playTenders(study: TenderStudy, options: TenderSession): PlayedTenders {
  const { seed, session } = options
  const streams = createStreams(seed)
  const scope = `tenders/session-${session}`
  const draws = tenderDraws(study, streams, scope)
  const drawn = draws.tender
  const talks = ringTalks(study)
  const players = tenderPlayers(study, drawn, talks, streams, scope)
  const order = [...players.keys()].sort(
    (a, b) => Number(players[a]?.isInsider) - Number(players[b]?.isInsider),
  )
  const disciplines = keepDisciplines(study)
  const clearing = createClearing(study, disciplines?.list ?? [])
  const regret = options.withRegret ? levelRegret(study, clearing) : null
  const tally = tenderTally(study)
  const names = study.bidders.map(({ name }) => name)
  const bids: TenderBids = {
    prices: new Float64Array(players.length),
    fades: new Uint8Array(players.length),
  }
  const cleared = createCleared(players.length)
  const revealed = new Map<string, number>()
  const outcome: Mutable<TenderOutcome> = {
    ...{ id: '', time: 0, rule: study.mechanism.rule, bidders: names, market: drawn.market },
    ...{ reserve: study.reserve, winner: null, paid: 0, faded: [], prices: revealed },
  }
  const kept: KeptTender[] = []
  const firstKept = study.tenders - options.kept
  const prefix = `${seed}-${session}-`

  for (let time = 0; time < study.tenders; time++) {
    draws.next()
    const id = prefix + time
    for (const { members, told } of talks)
      for (const member of members) told.set(names[member] as string, drawn.costs[member] as number)
    for (let place = 0; place < order.length; place++) {
      const bidder = order[place] as number
      const player = players[bidder] as TenderPlayer
      const { sight, strategy } = player
      sight.id = id
      sight.time = time
      sight.cost = drawn.costs[bidder] as number
      sight.leaked = player.isInsider && drawn.leaks ? seenBids(bids.prices, players, names) : null
      const isAdmitted = disciplines === null || disciplines.admits(names[bidder] as string, time)
      const price = isAdmitted ? strategy.bid(sight) : null
      bids.prices[bidder] = price ?? Number.NaN
      bids.fades[bidder] =
        price === null || strategy.honours === undefined || strategy.honours(sight, price) ? 0 : 1
    }
    clearing.clear(drawn, bids, cleared)
    tally.count(time, drawn, bids, cleared)
    if (regret !== null && time % study.regretEvery === 0) regret.count(drawn, bids, cleared)
    const { winner, faded } = cleared
    if (disciplines !== null) {
      for (const bidder of faded) tally.pay(bidder, disciplines.settle(names[bidder] as string, true, time))
      if (winner >= 0) tally.pay(winner, disciplines.settle(names[winner] as string, false, time))
    }
    if (time >= firstKept) kept.push(keptTender(id, time, drawn, bids, winner))
    outcome.id = id
    outcome.time = time
    outcome.winner = winner < 0 ? null : (names[winner] as string)
    outcome.paid = cleared.paid
    outcome.faded = faded.length === 0 ? NOBODY : faded.map((bidder) => names[bidder] as string)
    if (study.feedback === 'all-bids') reveal(bids.prices, names, revealed)
    if (winner >= 0) {
      const owed = players[winner]?.strategy.owes?.(outcome)
      if (owed !== undefined) for (const { to, part } of owed) tally.share(winner, names.indexOf(to), part)
    }
    for (let bidder = 0; bidder < players.length; bidder++)
      (players[bidder] as TenderPlayer).strategy.learn?.(outcome)
  }
  return { sums: tally.sums(), regret, kept }
}

const NOBODY: readonly string[] = []

/** What those who bid before the insiders have asked for. */
function seenBids(
  prices: Float64Array,
  players: readonly TenderPlayer[],
  names: readonly string[],
): ReadonlyMap<string, number> {
  const seen = new Map<string, number>()
  for (let bidder = 0; bidder < prices.length; bidder++)
    if (players[bidder]?.isInsider === false && !Number.isNaN(prices[bidder]))
      seen.set(names[bidder] as string, prices[bidder] as number)
  return seen
}

function reveal(prices: Float64Array, names: readonly string[], into: Map<string, number>): void {
  for (let bidder = 0; bidder < prices.length; bidder++) {
    const price = prices[bidder] as number
    if (Number.isNaN(price)) into.delete(names[bidder] as string)
    else into.set(names[bidder] as string, price)
  }
}

function keptTender(
  id: string,
  time: number,
  { costs, market }: { readonly costs: Float64Array; readonly market: { chain: string; asset: string } },
  { prices }: TenderBids,
  winner: number,
): KeptTender {
  return {
    ...{ id, time, chain: market.chain, asset: market.asset },
    bids: Array.from(prices, (price) => (Number.isNaN(price) ? null : price)),
    costs: [...costs],
    winner,
  }
}
