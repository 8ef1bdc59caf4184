// A session: learners play until their greedy actions have stood still, or until the periods run out.
import type { Explorer } from './exploration.ts'
import type { LearningState } from './learning-state.ts'
import { playMany } from './play-many.ts'
import { playTwo } from './play-two.ts'
import { createQTables } from './q-tables.ts'
import { profilesOf, type StageGame } from './stage-game.ts'

const BLOCK_PERIODS = 4096

export interface SessionOptions {
  readonly game: StageGame
  /** k: how many past profiles the agents remember. */
  readonly memory: 0 | 1 | 2
  /** α of each agent. */
  readonly learningRates: readonly number[]
  /** δ */
  readonly discount: number
  /** Values before the first period. */
  readonly start: (agent: number, action: number, state: number) => number
  readonly firstState: number
  /** Explorations, or (where the choice depends on what was learnt) every choice of a period. */
  readonly chooser: Explorer | PeriodChooser
  /** Converged when greedy actions have not changed in so many periods, each at the state visited. */
  readonly window: number
  readonly mostPeriods: number
}

/** Writes what each agent plays in the next period. */
export interface PeriodChooser {
  choose(session: LearningState, choices: Uint8Array): void
}

/** What was learnt. */
export interface Learnt {
  readonly converged: boolean
  /** Periods played, those of the window included. */
  readonly periods: number
  readonly session: LearningState
}

/** States of agents that remember `memory` profiles. */
export function statesOf(game: StageGame, memory: 0 | 1 | 2): number {
  const profiles = profilesOf(game)
  return memory === 0 ? 1 : memory === 1 ? profiles : profiles * profiles
}

/** Plays a session to its end. */
export function learn(options: SessionOptions): Learnt {
  const { game, memory, discount, chooser, window, mostPeriods } = options
  const session: LearningState = {
    game,
    tables: createQTables(
      { agents: game.agents, actions: game.actions, states: statesOf(game, memory) },
      options.start,
    ),
    learningRates: Float64Array.from(options.learningRates),
    discount,
    state: options.firstState,
    periods: 0,
    lastChange: 1,
  }
  const play = game.agents === 2 && memory === 1 ? playTwo : playMany
  const block = 'choose' in chooser ? 1 : BLOCK_PERIODS
  const choices = new Uint8Array(block * game.agents)
  while (session.periods < mostPeriods) {
    const periods = Math.min(block, mostPeriods - session.periods)
    if ('choose' in chooser) chooser.choose(session, choices)
    else chooser.fill(choices, periods)
    if (play(session, choices, periods, window) === 'converged')
      return { converged: true, periods: session.periods, session }
  }
  return { converged: false, periods: session.periods, session }
}
