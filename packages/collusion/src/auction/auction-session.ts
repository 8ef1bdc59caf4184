// One learning session of an auction study: bidders meet for a million auctions, and the bids they end with.
import type { RandomStream } from '@solvent/ports'
import { decayingExplorer, GREEDY } from '../learning/exploration.ts'
import { createQTables, type QTables, raiseOther, searchRecord } from '../learning/q-tables.ts'
import type { AuctionStudy } from './auction-study.ts'
import { paymentTable } from './payment-table.ts'

const BLOCK_PERIODS = 4096
const HEAD = 2
const TWO_32 = 4294967296

export interface AuctionSession {
  readonly converged: boolean
  /** The period in which a greedy bid last changed, from 0. */
  readonly lastChange: number
  /** Greedy bid of each bidder at the end, as a number of money. */
  readonly bids: readonly number[]
  /** What the seller gets when everyone bids that. */
  readonly revenue: number
}

export function auctionSession(study: AuctionStudy, stream: RandomStream): AuctionSession {
  const { bidders, bids, periods, exploration } = study
  const tables = createQTables({ agents: bidders, actions: bids, states: 1 }, () => study.start)
  const explorer = decayingExplorer(
    Array<number>(bidders).fill(exploration.decay),
    bids,
    stream,
    exploration.rate,
  )
  const choices = new Uint8Array(BLOCK_PERIODS * bidders)
  const auction = createAuction(study, tables, stream)
  let lastChange = 0
  for (let period = 0; period < periods; period += BLOCK_PERIODS) {
    const count = Math.min(BLOCK_PERIODS, periods - period)
    explorer.fill(choices, count)
    const changed = auction(choices, count)
    if (changed >= 0) lastChange = period + changed
  }
  const money = (bid: number) => (bid + 1) / (bids + 1)
  const last = [...tables.best].map(money)
  const [highest = 0, second = 0] = last.toSorted((a, b) => b - a)
  return {
    converged: periods - 1 - lastChange >= study.window,
    lastChange,
    bids: last,
    revenue: (2 - study.payment) * highest + (study.payment - 1) * second,
  }
}

/** Plays a block of auctions, and says in which of them a greedy bid last changed; −1 when none did. */
type Block = (choices: Uint8Array, periods: number) => number

function createAuction(study: AuctionStudy, tables: QTables, stream: RandomStream): Block {
  const { bidders, learningRate, discount, feedback, ties, oversight } = study
  const { values, best, record } = tables
  const surplus = paymentTable(study)
  const actions = study.bids
  const bid = new Int32Array(bidders)
  // A draw below this is a hit.
  const caught = oversight === undefined ? 0 : oversight.probability * TWO_32
  const suspect = oversight === undefined ? 0 : oversight.threshold * (actions + 1) - 1
  const bond = oversight?.bond ?? 0

  /** Learns that `action` would have earned `reward`. @returns whether another bid is greedy now */
  function update(agent: number, action: number, reward: number, following: number): boolean {
    const base = agent * record
    const cell = base + HEAD + action
    const old = values[cell] as number
    const value = old + learningRate * (reward + discount * following - old)
    values[cell] = value
    const before = best[agent] as number
    if (action === before) {
      if (value > (values[base + 1] as number)) {
        values[base] = value
        return false
      }
      const found = searchRecord(values, base, record)
      best[agent] = found
      return found !== before
    }
    if (!raiseOther(values, base, value)) return false
    best[agent] = action
    return true
  }

  /** What a bid would have earned against the rivals' highest, which so many of them made; a tie as expected. */
  function earnedBy(action: number, rival: number, rivals: number): number {
    if (action < rival) return 0
    const gain = surplus[action * actions + rival] as number
    return action > rival ? gain : gain / (rivals + 1)
  }

  /** How many others bid that. */
  function countAt(made: number, except: number): number {
    let count = 0
    for (let agent = 0; agent < bidders; agent++) if (agent !== except && bid[agent] === made) count++
    return count
  }

  return (choices, periods) => {
    let changed = -1
    for (let period = 0; period < periods; period++) {
      let highest = -1
      let second = -1
      let tied = 0
      for (let agent = 0; agent < bidders; agent++) {
        const choice = choices[period * bidders + agent] as number
        const made = choice === GREEDY ? (best[agent] as number) : choice
        bid[agent] = made
        if (made > highest) {
          second = highest
          highest = made
          tied = 1
        } else if (made === highest) {
          second = highest
          tied++
        } else if (made > second) second = made
      }
      const lucky = tied === 1 || ties === 'split' ? 0 : Math.floor((stream.uint32() / TWO_32) * tied)
      const fine = highest < suspect && stream.uint32() < caught ? bond : 0
      let place = 0
      for (let agent = 0; agent < bidders; agent++) {
        const made = bid[agent] as number
        let reward = 0
        let won = false
        if (made === highest) {
          const gain = (surplus[highest * actions + (second < 0 ? highest : second)] as number) - fine
          won = ties === 'split' || place === lucky
          reward = ties === 'split' ? gain / tied : won ? gain : 0
          place++
        }
        const following = values[agent * record] as number
        if (feedback === 'own-outcome') {
          if (update(agent, made, reward, following)) changed = period
          continue
        }
        const alone = made === highest && tied === 1
        const rival = alone ? second : highest
        const from = feedback === 'winning-bid' && alone ? made : 0
        const rivals = countAt(rival, agent)
        const base = agent * record
        for (let action = from; action < actions; action++) {
          const cell = base + HEAD + action
          const old = values[cell] as number
          const earned = action === made ? reward : earnedBy(action, rival, rivals)
          values[cell] = old + learningRate * (earned + discount * following - old)
        }
        const found = searchRecord(values, base, record)
        if (found !== best[agent]) changed = period
        best[agent] = found
      }
    }
    return changed
  }
}
