// The authors' own random streams, draw by draw: their program's sessions come out to the bit.
// Source: LearningSimulation.f90, QL_routines.f90 and generic_routines.f90 of the replication package (AER 2020).
import { exp } from '@solvent/primitives'
import { type Explorer, GREEDY } from '../learning/exploration.ts'
import type { SessionDraws } from './pricing-session.ts'
import { calvanoBaseline, type PricingStudy } from './pricing-study.ts'
import { Ran2 } from './ran2.ts'

/** The baseline with the benchmark prices of the authors' input file, which has five decimals. */
export function authorsStudy(): PricingStudy {
  return {
    ...calvanoBaseline(),
    benchmarks: { nash: [1.47293, 1.47293], monopoly: [1.92498, 1.92498] },
  }
}

/**
 * Explorations of the authors' session: stream −session, and in each period first one draw for each agent that decides
 * whether it explores (u ≤ ε), then one for each that says where.
 */
function authorsExplorer(session: number, decays: readonly number[], actions: number): Explorer {
  const stream = new Ran2(session)
  const agents = decays.length
  const factors = Float64Array.from(decays, (decay) => exp(-decay))
  const rates = new Float64Array(agents).fill(1)
  return {
    fill(choices, periods) {
      for (let at = 0; at < periods * agents; at += agents) {
        for (let agent = 0; agent < agents; agent++) {
          const rate = rates[agent] as number
          choices[at + agent] = stream.next() <= rate ? 0 : GREEDY
          rates[agent] = rate * (factors[agent] as number)
        }
        for (let agent = 0; agent < agents; agent++) {
          const action = Math.floor(actions * stream.next())
          if (choices[at + agent] !== GREEDY) choices[at + agent] = action
        }
      }
    },
  }
}

/** The state in which the authors' session begins: one stream, −1, draws the first prices of all sessions in turn. */
function authorsFirstState(session: number, agents: number, actions: number): number {
  const stream = new Ran2(1)
  let state = 0
  for (let earlier = 1; earlier < session; earlier++)
    for (let agent = 0; agent < agents; agent++) stream.next()
  for (let agent = 0; agent < agents; agent++) state = state * actions + Math.floor(actions * stream.next())
  return state
}

/** All draws of the authors' session; what theirs does not draw may not be drawn. */
export function authorsDraws(session: number, decays: readonly number[], actions: number): SessionDraws {
  return {
    firstState: authorsFirstState(session, decays.length, actions),
    chooser: authorsExplorer(session, decays, actions),
  }
}
