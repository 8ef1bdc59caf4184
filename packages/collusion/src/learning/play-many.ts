// Q-learning of any number of agents with any memory: no memory, the last profile, or the last two.
import { GREEDY } from './exploration.ts'
import type { LearningState } from './learning-state.ts'
import { raiseOther, searchRecord } from './q-tables.ts'
import { profilesOf } from './stage-game.ts'

const HEAD = 2

/**
 * Q(s, a) ← Q(s, a) + α (π + δ max Q(s′) − Q(s, a)), first agent first, each in its own cell only.
 *
 * States are numbered with the last profile as their lowest digit.
 */
export function playMany(
  session: LearningState,
  choices: Uint8Array,
  periods: number,
  window: number,
): 'converged' | 'learning' {
  const { tables, game, learningRates, discount } = session
  const { values, best, record, agents, states } = tables
  const profiles = profilesOf(game)
  // Of the old state, so much is remembered: nothing of it with a memory of one period.
  const kept = states / profiles
  const chosen = new Int32Array(agents)
  let { state, periods: period, lastChange } = session
  for (let at = 0; at < periods * agents; at += agents) {
    period++
    const row = state * agents
    let profile = 0
    for (let agent = 0; agent < agents; agent++) {
      const choice = choices[at + agent] as number
      const action = choice === GREEDY ? (best[row + agent] as number) : choice
      chosen[agent] = action
      profile = profile * game.actions + action
    }
    const next = kept < 1 ? 0 : kept === 1 ? profile : (state % kept) * profiles + profile
    for (let agent = 0; agent < agents; agent++) {
      const action = chosen[agent] as number
      const base = (row + agent) * record
      const cell = base + HEAD + action
      const old = values[cell] as number
      const reward = game.payoffs[profile * agents + agent] as number
      const following = values[(next * agents + agent) * record] as number
      const value = old + (learningRates[agent] as number) * (reward + discount * following - old)
      values[cell] = value
      const before = best[row + agent] as number
      if (action === before) {
        if (value > (values[base + 1] as number)) values[base] = value
        else best[row + agent] = searchRecord(values, base, record)
      } else if (raiseOther(values, base, value)) best[row + agent] = action
      if (best[row + agent] !== before) lastChange = period
    }
    if (period - lastChange >= window - 1) {
      session.state = state
      session.periods = period
      session.lastChange = lastChange
      return 'converged'
    }
    state = next
  }
  session.state = state
  session.periods = period
  session.lastChange = lastChange
  return 'learning'
}
