// How play answers one unexpected price cut: the deviating firm plays its best response to what the others play in
// that state, for one period, and then everyone follows what it learnt. Calvano et al. 2020, §IV.B and Figure 4.
//
// The printed figure is not this: in the authors' program the best response is computed for the state whose number is
// the position in the cycle (ImpulseResponse.f90, `ComputeStaticBestResponse(OptimalStrategy,iStatePre,…)`), and not
// for the state visited. The deviation printed is 1.505; the one described in the text is 1.611.
import type { Cycle, Transition } from '../learning/limit-play.ts'
import { actionsOf } from '../learning/stage-game.ts'
import { deviationProfile, discountedProfit, staticBestResponse } from './deviation.ts'
import type { PricingGame } from './pricing-study.ts'

/** Periods shown: one before, the deviation, and those after it. */
export const RESPONSE_PERIODS = 16

export interface ImpulseResponse {
  /** Prices of the firm that deviates, from the period before on. */
  readonly deviator: readonly number[]
  /** Mean prices of the others. */
  readonly rival: readonly number[]
  /** Share of deviations after which discounted profits are lower than without. */
  readonly shareUnprofitable: number
  /** Mean number of periods, that of the deviation included, until play is back on its path or on another one. */
  readonly punishmentLength: number
}

/** Mean over the states of the cycle and over the deviating firms. */
export function impulseResponse(
  pricing: PricingGame,
  play: Transition,
  cycle: Cycle,
  discount: number,
): ImpulseResponse {
  const { game } = pricing
  const deviator = Array<number>(RESPONSE_PERIODS).fill(0)
  const rival = Array<number>(RESPONSE_PERIODS).fill(0)
  let unprofitable = 0
  let punishment = 0
  const weight = 1 / (cycle.states.length * game.agents)
  for (const state of cycle.states) {
    const before = play.profileIn(state)
    for (let firm = 0; firm < game.agents; firm++) {
      const action = staticBestResponse(game, play, state, firm)
      const path = pathAfter(play, deviationProfile(game, play, { state, firm, action }), state)
      for (const [period, profile] of [before, ...path].entries()) {
        const prices = actionsOf(game, profile).map((at, who) => pricing.grids[who]?.[at] ?? Number.NaN)
        const own = prices[firm] ?? Number.NaN
        const others = (prices.reduce((sum, price) => sum + price, 0) - own) / (game.agents - 1)
        deviator[period] = (deviator[period] ?? 0) + weight * own
        rival[period] = (rival[period] ?? 0) + weight * others
      }
      const kept = actionsOf(game, before)[firm] ?? 0
      const gain =
        discountedProfit(game, play, { state, firm, action }, discount) -
        discountedProfit(game, play, { state, firm, action: kept }, discount)
      if (gain < 0) unprofitable += weight
      punishment += weight * punishmentLength(play, cycle, path[0] ?? before, state)
    }
  }
  return { deviator, rival, shareUnprofitable: unprofitable, punishmentLength: punishment }
}

function pathAfter(play: Transition, first: number, from: number): number[] {
  const path: number[] = []
  let state = from
  let profile = first
  while (path.length < RESPONSE_PERIODS - 1) {
    path.push(profile)
    state = play.stateAfter(state, profile)
    profile = play.profileIn(state)
  }
  return path
}

function punishmentLength(play: Transition, cycle: Cycle, first: number, from: number): number {
  const path = new Set(cycle.states)
  const seenAt = new Map<number, number>()
  let state = play.stateAfter(from, first)
  for (let period = 1; ; period++) {
    if (path.has(state)) return period
    const earlier = seenAt.get(state)
    if (earlier !== undefined) return earlier
    seenAt.set(state, period)
    state = play.stateAfter(state, play.profileIn(state))
  }
}
