// One learning session of a pricing study, and what came of it.
import type { RandomStream } from '@solvent/ports'
import { boltzmannChooser } from '../learning/boltzmann.ts'
import { decayingExplorer, type Explorer } from '../learning/exploration.ts'
import { type Learnt, learn, type PeriodChooser, statesOf } from '../learning/learn.ts'
import { type Cycle, cycleFrom, greedyPlay, type Transition } from '../learning/limit-play.ts'
import { actionsOf, profilesOf } from '../learning/stage-game.ts'
import {
  type PricingGame,
  type PricingStudy,
  profitGain,
  valuesAgainstUniformRivals,
} from './pricing-study.ts'

/** Where the random numbers of a session come from. */
export interface SessionDraws {
  /** The state before the first period. */
  readonly firstState: number
  readonly chooser: Explorer | PeriodChooser
  /** First values, where the study says that they are drawn. */
  readonly startStream?: RandomStream
}

export interface PricingSession {
  readonly converged: boolean
  /** Periods played, those of the window included. */
  readonly totalPeriods: number
  /** Without the window: when greedy play last changed, or when the periods ran out. */
  readonly periods: number
  /** Play after learning. */
  readonly play: Transition
  /** Where learning ended. */
  readonly lastState: number
  readonly cycle: Cycle
  /** Mean over the cycle, by firm. */
  readonly prices: readonly number[]
  readonly profits: readonly number[]
  /** Δ */
  readonly profitGain: number
}

/** Draws of a session from a named stream of its own. */
export function sessionDraws(study: PricingStudy, game: PricingGame, stream: RandomStream): SessionDraws {
  const states = statesOf(game.game, study.memory)
  const firstState = stream.int(states)
  return { firstState, chooser: chooserOf(study, game, stream), startStream: stream }
}

function chooserOf(
  { exploration, learningRates }: PricingStudy,
  { game }: PricingGame,
  stream: RandomStream,
): Explorer | PeriodChooser {
  switch (exploration.kind) {
    case 'epsilon-greedy':
      return decayingExplorer(exploration.decays, game.actions, stream)
    case 'boltzmann':
      return boltzmannChooser(exploration.temperature, exploration.cooling, stream)
    case 'none':
      return decayingExplorer(
        learningRates.map(() => 0),
        game.actions,
        stream,
        0,
      )
  }
}

export function pricingSession(study: PricingStudy, game: PricingGame, draws: SessionDraws): PricingSession {
  const learnt = learnIt(study, game, draws)
  const { session } = learnt
  const play = greedyPlay(session.tables, profilesOf(game.game))
  const cycle = cycleFrom(play, session.state)
  const means = meansOf(game, cycle)
  return {
    converged: learnt.converged,
    totalPeriods: learnt.periods,
    periods: learnt.converged ? learnt.periods - study.window : learnt.periods,
    play,
    lastState: session.state,
    cycle,
    ...means,
    profitGain: gainOf(game, means.profits),
  }
}

/** Δ of a cycle. */
export function cycleGain(game: PricingGame, cycle: Cycle): number {
  return gainOf(game, meansOf(game, cycle).profits)
}

function gainOf(game: PricingGame, byFirm: readonly number[]): number {
  return profitGain(
    game,
    byFirm.reduce((sum, profit) => sum + profit, 0),
  )
}

function learnIt(study: PricingStudy, { game }: PricingGame, draws: SessionDraws): Learnt {
  const { memory, learningRates, discount, window, mostPeriods } = study
  const start = startOf(study, game, draws.startStream)
  const { firstState, chooser } = draws
  return learn({ game, memory, learningRates, discount, start, firstState, chooser, window, mostPeriods })
}

function startOf(
  { start, discount }: PricingStudy,
  game: PricingGame['game'],
  stream: RandomStream | undefined,
): (agent: number, action: number) => number {
  switch (start.kind) {
    case 'uniform-rivals': {
      const values = valuesAgainstUniformRivals(game, discount)
      return (agent, action) => values[agent]?.[action] ?? 0
    }
    case 'constant':
      return () => start.value
    case 'random':
      if (stream === undefined)
        throw new RangeError('First values are to be drawn, and there is no stream for them.')
      return () => start.low + (start.high - start.low) * stream.uniform()
  }
}

/** Mean prices and profits of the firms over a cycle. */
function meansOf({ game, grids }: PricingGame, cycle: Cycle): { prices: number[]; profits: number[] } {
  const length = cycle.profiles.length
  const mean = (of: (profile: number, firm: number) => number) =>
    grids.map((_, firm) => cycle.profiles.reduce((sum, profile) => sum + of(profile, firm), 0) / length)
  return {
    prices: mean((profile, firm) => grids[firm]?.[actionsOf(game, profile)[firm] ?? 0] ?? 0),
    profits: mean((profile, firm) => game.payoffs[profile * game.agents + firm] ?? 0),
  }
}
