// What a firm gains or loses when it departs once from play after learning, and how play answers.
// Definitions of the authors' program (EquilibriumCheck.f90, ImpulseResponse.f90 and computeQCell of QL_routines.f90).
import type { Cycle, Transition } from '../learning/limit-play.ts'
import { actionsOf, profileOf, type StageGame } from '../learning/stage-game.ts'

/** One departure: a firm plays an action in a state where it would have played another. */
export interface Deviation {
  readonly state: number
  readonly firm: number
  readonly action: number
}

/** The profile in which one firm departs and the others do not. */
export function deviationProfile(
  game: StageGame,
  play: Transition,
  { state, firm, action }: Deviation,
): number {
  const chosen = actionsOf(game, play.profileIn(state))
  chosen[firm] = action
  return profileOf(game, chosen)
}

/** The action that earns a firm most in one period against what the others play in a state; the lowest of equals. */
export function staticBestResponse(game: StageGame, play: Transition, state: number, firm: number): number {
  let best = 0
  let most = Number.NEGATIVE_INFINITY
  for (let action = 0; action < game.actions; action++) {
    const profile = deviationProfile(game, play, { state, firm, action })
    const profit = game.payoffs[profile * game.agents + firm] ?? Number.NaN
    if (profit > most) {
      most = profit
      best = action
    }
  }
  return best
}

/**
 * Discounted profits of a firm from a departure on, when it does not depart again.
 *
 * Σ_{t<l} δ^t π_t + δ^l Σ_{t<c} δ^t π_{l+t} / (1 − δ^c), with l periods before the cycle and c in it.
 */
export function discountedProfit(
  game: StageGame,
  play: Transition,
  deviation: Deviation,
  discount: number,
): number {
  const { firm } = deviation
  const seenAt = new Map<number, number>()
  const profits: number[] = []
  let profile = deviationProfile(game, play, deviation)
  let state = play.stateAfter(deviation.state, profile)
  while (!seenAt.has(state)) {
    profits.push(game.payoffs[profile * game.agents + firm] ?? Number.NaN)
    seenAt.set(state, profits.length)
    profile = play.profileIn(state)
    state = play.stateAfter(state, profile)
  }
  // The profile that leads back to `state` closes the cycle.
  profits.push(game.payoffs[profile * game.agents + firm] ?? Number.NaN)
  const lead = seenAt.get(state) ?? 0
  let factor = 1
  let before = 0
  for (let t = 0; t < lead; t++) {
    before += factor * (profits[t] as number)
    factor *= discount
  }
  let within = 0
  let inCycle = 1
  for (let t = lead; t < profits.length; t++) {
    within += inCycle * (profits[t] as number)
    inCycle *= discount
  }
  return before + (factor * within) / (1 - inCycle)
}

/** Whether no firm gains by one departure in any state of the cycle: play is a Nash equilibrium on its path. */
export function isNashOnPath(game: StageGame, play: Transition, cycle: Cycle, discount: number): boolean {
  return cycle.states.every((state) => {
    const chosen = actionsOf(game, play.profileIn(state))
    return chosen.every((own, firm) => {
      const value = (action: number) => discountedProfit(game, play, { state, firm, action }, discount)
      const kept = value(own)
      for (let action = 0; action < game.actions; action++) if (value(action) > kept) return false
      return true
    })
  })
}
