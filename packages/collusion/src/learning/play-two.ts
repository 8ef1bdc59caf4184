// Q-learning of two agents that remember the last profile: the loop in which a replication spends its time.
// The same as `play-many.ts` for this case, to the bit; about four times as fast.
import { GREEDY } from './exploration.ts'
import type { LearningState } from './learning-state.ts'
import { raiseOther, searchRecord } from './q-tables.ts'

/**
 * Q(s, a) ← Q(s, a) + α (π + δ max Q(s′) − Q(s, a)), each agent in its own cell only.
 *
 * `Math.imul` and `| 0` tell the engine that indexes are int32; without them it checks every sum for overflow.
 */
export function playTwo(
  session: LearningState,
  choices: Uint8Array,
  periods: number,
  window: number,
): 'converged' | 'learning' {
  const { tables, game, learningRates, discount } = session
  const { values, best } = tables
  const { payoffs } = game
  const record = tables.record | 0
  const pair = (record << 1) | 0
  const actions = game.actions | 0
  const alpha1 = learningRates[0] as number
  const alpha2 = learningRates[1] as number
  let state = session.state | 0
  let period = session.periods | 0
  let lastChange = session.lastChange | 0
  const limit = (window - 1) | 0
  const end = (periods << 1) | 0
  let isConverged = false
  for (let at = 0; at < end; at = (at + 2) | 0) {
    period = (period + 1) | 0
    const row = state << 1
    const best1 = best[row] as number
    const best2 = best[row + 1] as number
    let action1 = best1
    let action2 = best2
    const choice1 = choices[at] as number
    const choice2 = choices[at + 1] as number
    if ((choice1 & choice2) !== GREEDY) {
      if (choice1 !== GREEDY) action1 = choice1
      if (choice2 !== GREEDY) action2 = choice2
    }
    const next = (Math.imul(action1, actions) + action2) | 0
    const base1 = Math.imul(state, pair)
    const base2 = (base1 + record) | 0
    const next1 = Math.imul(next, pair)
    const next2 = (next1 + record) | 0
    const cell1 = (base1 + 2 + action1) | 0
    const cell2 = (base2 + 2 + action2) | 0
    const old1 = values[cell1] as number
    const old2 = values[cell2] as number
    const value1 =
      old1 + alpha1 * ((payoffs[next << 1] as number) + discount * (values[next1] as number) - old1)
    const value2 =
      old2 + alpha2 * ((payoffs[(next << 1) + 1] as number) + discount * (values[next2] as number) - old2)
    values[cell1] = value1
    values[cell2] = value2
    if (action1 === best1) {
      if (value1 > (values[base1 + 1] as number)) values[base1] = value1
      else {
        const found = searchRecord(values, base1, record)
        if (found !== best1) {
          best[row] = found
          lastChange = period
        }
      }
    } else if (raiseOther(values, base1, value1)) {
      best[row] = action1
      lastChange = period
    }
    if (action2 === best2) {
      if (value2 > (values[base2 + 1] as number)) values[base2] = value2
      else {
        const found = searchRecord(values, base2, record)
        if (found !== best2) {
          best[row + 1] = found
          lastChange = period
        }
      }
    } else if (raiseOther(values, base2, value2)) {
      best[row + 1] = action2
      lastChange = period
    }
    if (((period - lastChange) | 0) >= limit) {
      isConverged = true
      break
    }
    state = next
  }
  session.state = state
  session.periods = period
  session.lastChange = lastChange
  return isConverged ? 'converged' : 'learning'
}
