// Q-learning under Boltzmann exploration: an action is chosen with probability in proportion to e^(Q/T), and the
// temperature T falls by a constant factor every period. Calvano et al. 2020, online appendix.
// Choices depend on what was learnt, so that they cannot be drawn ahead; an exponential for each action of each agent
// makes this loop about forty times as slow as ε-greedy choice.
import type { RandomStream } from '@solvent/ports'
import { exp } from '@solvent/primitives'
import type { PeriodChooser } from '../learning/learn.ts'

const HEAD = 2

/**
 * @param temperature T before the first period, in units of value
 * @param cooling by which T is multiplied after each period
 */
export function boltzmannChooser(temperature: number, cooling: number, stream: RandomStream): PeriodChooser {
  let scale = temperature
  let weights = new Float64Array(0)
  return {
    choose({ tables, state }, choices) {
      const { agents, actions, values, record } = tables
      if (weights.length !== actions) weights = new Float64Array(actions)
      for (let agent = 0; agent < agents; agent++) {
        const base = (state * agents + agent) * record
        const greatest = values[base] as number
        let total = 0
        for (let action = 0; action < actions; action++) {
          total += exp(((values[base + HEAD + action] as number) - greatest) / scale)
          weights[action] = total
        }
        const point = stream.uniform() * total
        let action = 0
        while (action < actions - 1 && (weights[action] as number) <= point) action++
        choices[agent] = action
      }
      scale *= cooling
    },
  }
}
