// A path of play: what member 0 earns of each order, when it stands by the ring and when it departs.
import type { RandomStream } from '@solvent/ports'
import {
  holdersCompetitiveBid,
  NONE,
  type RingRules,
  requiredFromOthers,
  ringRules,
  VALUE,
  winnerOf,
} from './ring-auction.ts'
import type { RingOrder, RingStudy } from './ring-study.ts'

/** Where member 0 stands when it makes up its mind. */
export interface RingStart {
  /** Of the first order: nobody's, or that of member 1. */
  readonly isHeldByAnother: boolean
  /** Orders until member 0 has its turn. */
  readonly untilTurn: number
}

/** What member 0 earns of each order, in units, over all plays. */
export interface RingProfits {
  readonly loyal: Float64Array
  readonly departing: Float64Array
}

export function playRing(study: RingStudy, start: RingStart, stream: RandomStream): RingProfits {
  const rules = ringRules(study)
  const profits = { loyal: new Float64Array(study.orders), departing: new Float64Array(study.orders) }
  const bids = new Int32Array(study.members)
  for (let play = 0; play < study.plays; play++) {
    let isBroken = false
    for (let at = 0; at < study.orders; at++) {
      const order = orderAt(study, start, at, stream)
      const coin = stream.uniform()
      const earn = (into: Float64Array, fill: () => void) => {
        fill()
        if (winnerOf(bids, order, rules, coin) === 0) into[at]! += VALUE - bids[0]!
      }
      const compete = () => competitiveBids(bids, order, rules)
      const agree = () => agreedBids(bids, order, study, rules)
      earn(profits.loyal, isBroken ? compete : agree)
      earn(profits.departing, () => {
        if (isBroken || at >= study.lagOrders) return compete()
        agree()
        bids[0] = departingBid(order, study, rules)
      })
      if (stream.uniform() < study.breakUp) isBroken = true
    }
  }
  return profits
}

/** Draws the same numbers whatever comes of them, so that studies can be compared order by order. */
function orderAt(study: RingStudy, start: RingStart, at: number, stream: RandomStream): RingOrder {
  const isExclusive = stream.uniform() < study.exclusivity.share
  const drawn = stream.int(study.members)
  const turn = (((at - start.untilTurn) % study.members) + study.members) % study.members
  if (at === 0) return { holder: start.isHeldByAnother ? 1 : -1, turn }
  return { holder: isExclusive ? drawn : -1, turn }
}

/** At the limit: the holder, or all, or who has its turn. */
function agreedBids(bids: Int32Array, { holder, turn }: RingOrder, { share }: RingStudy, rules: RingRules) {
  const leader = holder >= 0 ? holder : share === 'rotation' ? turn : null
  for (let member = 0; member < bids.length; member++)
    bids[member] = leader === null || leader === member ? rules.limit : NONE
}

function competitiveBids(bids: Int32Array, { holder }: RingOrder, rules: RingRules) {
  bids.fill(VALUE)
  if (holder >= 0) bids[holder] = holdersCompetitiveBid(rules)
}

/** As little more as takes the order, where that leaves anything. */
function departingBid({ holder, turn }: RingOrder, { share }: RingStudy, rules: RingRules): number {
  if (holder === 0 || (holder < 0 && share === 'rotation' && turn === 0)) return rules.limit
  if (holder < 0) return rules.limit + 1
  const required = requiredFromOthers(rules.limit, rules.overrideBps)
  return required === null || required >= VALUE ? NONE : required
}
