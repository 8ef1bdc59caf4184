// A learner behind the interface of strategies: it chooses a level, remembers what it bid until the tender is over, and learns from the
// outcome. In the laboratory and in a solver node alike; its memory survives a restart.
import { type CanonicalValue, SolventError } from '@solvent/primitives'
import type { TenderStrategy } from '../tender-strategy.ts'
import { type Lesson, lessonOf, type PendingBid, priceAtLevel } from './mark-up-levels.ts'

/** The part that differs between learners. Its numbers are one list, so that they can be kept. */
export interface LevelLearner {
  /**
   * The level that it plays.
   *
   * @param draw uniform on [0, 1)
   */
  choose(draw: () => number): number
  /** What it knows as it chooses, where that counts. */
  state?(): number
  learn(lesson: Lesson): void
  /** Weights, values or regrets, and whatever else it must know after a restart. */
  readonly numbers: Float64Array
  /** Called when `numbers` were taken back from what was saved, where it keeps something that follows from them. */
  restored?(): void
}

/** Tenders that it remembers without an outcome; older ones are forgotten. */
const MOST_PENDING = 256

export function createLearner(levels: number, learner: LevelLearner): TenderStrategy {
  const pending = createPendingBids()
  const rewards = new Float64Array(levels)
  return {
    bid(tender) {
      const { id, self, cost, reserve } = tender
      if (!(cost < reserve)) return null
      // Asked again about a tender, it says the same again.
      let bid = pending.get(id)
      if (bid === undefined) {
        const state = learner.state === undefined ? 0 : learner.state()
        bid = { self, cost, reserve, level: learner.choose(() => tender.draw()), state }
        pending.add(id, bid)
      }
      return priceAtLevel(tender, bid.level, levels)
    },
    learn(outcome) {
      const bid = pending.take(outcome.id)
      if (bid !== undefined) learner.learn(lessonOf(bid, outcome, rewards))
    },
    memory: {
      save: () => ({
        numbers: [...learner.numbers],
        pending: pending.all().map(([id, bid]) => ({ id, ...bid })),
      }),
      restore(saved) {
        const { numbers, bids } = readMemory(saved, learner.numbers.length)
        learner.numbers.set(numbers)
        learner.restored?.()
        pending.clear()
        for (const { id, ...bid } of bids) pending.add(id, bid)
      },
    },
  }
}

/** Bids whose tenders are not over. */
interface PendingBids {
  get(id: string): PendingBid | undefined
  add(id: string, bid: PendingBid): void
  /** Gets it, and forgets it. */
  take(id: string): PendingBid | undefined
  /** Oldest first. */
  all(): (readonly [string, PendingBid])[]
  clear(): void
}

/** The oldest stands alone, beside the map: in the repeated auction one tender is open at a time, and needs no map. */
function createPendingBids(): PendingBids {
  let oldest: readonly [string, PendingBid] | null = null
  const younger = new Map<string, PendingBid>()
  return {
    get: (id) => (oldest !== null && oldest[0] === id ? oldest[1] : younger.get(id)),
    add(id, bid) {
      if (oldest === null && younger.size === 0) oldest = [id, bid]
      else younger.set(id, bid)
      if (younger.size + (oldest === null ? 0 : 1) <= MOST_PENDING) return
      if (oldest !== null) oldest = null
      else younger.delete(younger.keys().next().value ?? '')
    },
    take(id) {
      if (oldest !== null && oldest[0] === id) {
        const [, bid] = oldest
        oldest = null
        return bid
      }
      const bid = younger.get(id)
      if (bid !== undefined) younger.delete(id)
      return bid
    },
    all: () => [...(oldest === null ? [] : [oldest]), ...younger],
    clear() {
      oldest = null
      younger.clear()
    },
  }
}

function readMemory(
  saved: CanonicalValue,
  length: number,
): { numbers: readonly number[]; bids: readonly (PendingBid & { readonly id: string })[] } {
  const memory = saved as {
    numbers?: readonly number[]
    pending?: readonly (PendingBid & { id: string })[]
  } | null
  if (!Array.isArray(memory?.numbers) || memory.numbers.length !== length || !Array.isArray(memory.pending)) {
    throw new SolventError({
      code: 'E_RANGE',
      message: 'What was saved is not the memory of this learner.',
      details: { allowed: `${length} numbers and the bids that wait` },
    })
  }
  return { numbers: memory.numbers, bids: memory.pending }
}

/** The level at which a draw falls when levels have these weights. */
export function drawLevel(weights: ArrayLike<number>, draw: number): number {
  let total = 0
  for (let level = 0; level < weights.length; level++) total += weights[level] as number
  let rest = draw * total
  for (let level = 0; level < weights.length - 1; level++) {
    rest -= weights[level] as number
    if (rest < 0) return level
  }
  return weights.length - 1
}
