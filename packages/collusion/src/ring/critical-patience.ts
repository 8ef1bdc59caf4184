// How patient members must be, from profits that were played: the discount factor from which departing pays nobody,
// wherever it stands and whichever order it begins with.
import type { RandomStream } from '@solvent/ports'
import { VALUE } from './ring-auction.ts'
import { playRing, type RingProfits, type RingStart } from './ring-play.ts'
import type { RingStudy } from './ring-study.ts'

export interface RingOutcome {
  /** δ per order; 1 where no patience is enough. */
  readonly criticalDiscount: number
  /** Of the pie of an order: a loyal member's mean over the path, break-up included, and a member's in competition. */
  readonly loyalShare: number
  readonly competitiveShare: number
  /** What the most tempted member gains of the first order, of the pie. */
  readonly temptation: number
}

export function criticalPatience(study: RingStudy, stream: RandomStream): RingOutcome {
  const pie = (VALUE / 10_000) * study.marginBps * study.plays
  const outcomes = startsOf(study).map((start) => {
    const profits = playRing(study, start, stream)
    const gains = profits.departing.map((gain, at) => (gain - profits.loyal[at]!) / pie)
    return { profits, gains, criticalDiscount: discountFrom(gains, 1 - study.breakUp) }
  })
  const worst = outcomes.reduce((a, b) => (b.criticalDiscount > a.criticalDiscount ? b : a))
  return {
    criticalDiscount: worst.criticalDiscount,
    ...sharesOf(worst.profits, pie),
    temptation: worst.gains[0] ?? 0,
  }
}

/** Where a member may stand: in a rotation at every distance from its turn, and before an open or another's order. */
function startsOf({ members, share, exclusivity }: RingStudy): RingStart[] {
  const turns = share === 'rotation' ? Array.from({ length: members }, (_, at) => at) : [0]
  const orders = [
    ...(exclusivity.share < 1 ? [false] : []),
    ...(exclusivity.share === 1 || (exclusivity.share > 0 && exclusivity.overrideBps > 0) ? [true] : []),
  ]
  return turns.flatMap((untilTurn) => orders.map((isHeldByAnother) => ({ isHeldByAnother, untilTurn })))
}

const MOST = 0.9999
const STEPS = 50

/** The δ at which what is gained before the answer weighs as much as what is lost after it. */
function discountFrom(gains: Float64Array, survival: number): number {
  const next = nextGain(gains, survival)
  const value = (discount: number) => {
    let factor = 1
    let sum = 0
    for (const gain of gains) {
      sum += factor * gain
      factor *= discount
    }
    return sum + (factor * next) / (1 - discount * survival)
  }
  if (value(MOST) > 0) return 1
  let [low, high] = [0, MOST]
  if (value(low) <= 0) return 0
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2
    if (value(middle) > 0) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** The gain after the last order played, from those of the last third, which shrink as rings end. */
function nextGain(gains: Float64Array, survival: number): number {
  const last = lastThird(gains)
  let weights = 0
  for (let back = 1, weight = 1; back <= last.length; back++) {
    weight /= survival
    weights += weight
  }
  return last.reduce((sum, gain) => sum + gain, 0) / weights
}

function sharesOf({ loyal, departing }: RingProfits, pie: number) {
  const mean = (profits: Float64Array) => profits.reduce((sum, one) => sum + one, 0) / profits.length / pie
  return { loyalShare: mean(loyal), competitiveShare: mean(lastThird(departing)) }
}

const lastThird = (profits: Float64Array) => profits.subarray(Math.floor((2 * profits.length) / 3))
