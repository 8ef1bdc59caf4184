// Q-learning over levels (Watkins and Dayan, Machine Learning 8, 1992), as the fast loops of the laboratory do it, but behind the interface of
// strategies: three kinds that differ in how they explore and in which values they update. With a memory of one tender the state is
// what it bid last and where the best rival was.
import { exp, type RuleParameter } from '@solvent/primitives'
import type { TenderStrategy, TenderStrategyKind } from '../tender-strategy.ts'
import { createLearner, drawLevel } from './learner.ts'
import { LEVELS, type Lesson } from './mark-up-levels.ts'

const PPM = 1_000_000
const BILLION = 1_000_000_000

type QParameters = 'levels' | 'memory' | 'learningRatePpm' | 'discountPpm' | 'startPpm'

const Q_PARAMETERS: Readonly<Record<QParameters, RuleParameter>> = {
  levels: LEVELS,
  memory: { usual: 1, least: 0, most: 1, meaning: 'tenders that it remembers' },
  learningRatePpm: { usual: 150_000, least: 1, most: PPM, meaning: 'α, in millionths' },
  discountPpm: { usual: 950_000, least: 0, most: 999_999, meaning: 'γ, in millionths' },
  startPpm: {
    usual: PPM,
    least: 0,
    most: PPM,
    meaning: 'what every level is believed to earn each time, before anything is known, in millionths',
  },
}

const EXPLORATION = {
  explorationPpm: {
    usual: PPM,
    least: 0,
    most: PPM,
    meaning: 'chance of a random level in the first tender, in millionths',
  },
  decayPerBillion: {
    usual: 1_000_000,
    least: 0,
    most: BILLION,
    meaning: 'by which that chance shrinks every tender, in billionths',
  },
} as const satisfies Record<string, RuleParameter>

/** ε-greedy, and asynchronous: of the values only that of the level played is updated. */
export const qLearningKind: TenderStrategyKind<'q-learning', QParameters | keyof typeof EXPLORATION> = {
  kind: 'q-learning',
  conduct: 'learning',
  parameters: { ...Q_PARAMETERS, ...EXPLORATION },
  create: (parameters) => createQLearner(parameters, epsilonGreedy(parameters), 'played'),
}

/** ε-greedy, and synchronous: every level that can be judged is updated. */
export const synchronousQLearningKind: TenderStrategyKind<
  'synchronous-q-learning',
  QParameters | keyof typeof EXPLORATION
> = {
  kind: 'synchronous-q-learning',
  conduct: 'learning',
  parameters: { ...Q_PARAMETERS, ...EXPLORATION },
  create: (parameters) => createQLearner(parameters, epsilonGreedy(parameters), 'judged'),
}

/** Boltzmann exploration: levels are drawn in proportion to e^(Q/T), and T shrinks every tender. */
export const boltzmannQLearningKind: TenderStrategyKind<
  'boltzmann-q-learning',
  QParameters | 'temperaturePpm' | 'coolingPerBillion'
> = {
  kind: 'boltzmann-q-learning',
  conduct: 'learning',
  parameters: {
    ...Q_PARAMETERS,
    temperaturePpm: {
      usual: PPM,
      least: 1,
      most: 1000 * PPM,
      meaning: 'T in the first tender, in millionths',
    },
    coolingPerBillion: {
      usual: 1_000_000,
      least: 0,
      most: BILLION - 1,
      meaning: 'by which T shrinks every tender, in billionths',
    },
  },
  create: (parameters) => createQLearner(parameters, boltzmann(parameters), 'played'),
}

/** How one of so many levels is chosen from values; `scale` is ε or T, which shrinks by `factor` at each choice. */
interface Exploration {
  readonly scale: number
  readonly factor: number
  /** @param start where the values of the state begin */
  choose(values: Float64Array, start: number, scale: number, draw: () => number): number
}

function epsilonGreedy(parameters: {
  readonly levels: number
  readonly explorationPpm: number
  readonly decayPerBillion: number
}): Exploration {
  const { levels } = parameters
  return {
    scale: parameters.explorationPpm / PPM,
    factor: 1 - parameters.decayPerBillion / BILLION,
    choose: (values, start, scale, draw) =>
      draw() < scale ? Math.floor(draw() * levels) : greatestAt(values, start, levels),
  }
}

function boltzmann(parameters: {
  readonly levels: number
  readonly temperaturePpm: number
  readonly coolingPerBillion: number
}): Exploration {
  const { levels } = parameters
  const weights = new Float64Array(levels)
  return {
    scale: parameters.temperaturePpm / PPM,
    factor: 1 - parameters.coolingPerBillion / BILLION,
    choose(values, start, scale, draw) {
      const greatest = values[start + greatestAt(values, start, levels)] as number
      for (let level = 0; level < levels; level++)
        weights[level] = exp(((values[start + level] as number) - greatest) / scale)
      return drawLevel(weights, draw())
    },
  }
}

function createQLearner(
  parameters: Readonly<Record<QParameters, number>>,
  exploration: Exploration,
  updates: 'played' | 'judged',
): TenderStrategy {
  const { levels, memory } = parameters
  const rate = parameters.learningRatePpm / PPM
  const discount = parameters.discountPpm / PPM
  const states = memory === 0 ? 1 : levels * levels
  // The values, then ε or T, then the state.
  const numbers = new Float64Array(states * levels + 2).fill(parameters.startPpm / PPM / (1 - discount))
  const scaleAt = states * levels
  numbers[scaleAt] = exploration.scale
  numbers[scaleAt + 1] = 0
  return createLearner(levels, {
    numbers,
    state: () => numbers[scaleAt + 1] as number,
    choose(draw) {
      const state = numbers[scaleAt + 1] as number
      const scale = numbers[scaleAt] as number
      numbers[scaleAt] = scale * exploration.factor
      return exploration.choose(numbers, state * levels, scale, draw)
    },
    learn({ played, state, rewards, rivalLevel }: Lesson) {
      const next = memory === 0 ? 0 : played * levels + rivalLevel
      const row = state * levels
      const following = next * levels
      const best = discount * (numbers[following + greatestAt(numbers, following, levels)] as number)
      for (let level = 0; level < levels; level++) {
        const reward = rewards[level] as number
        if (Number.isNaN(reward) || (updates === 'played' && level !== played)) continue
        const old = numbers[row + level] as number
        numbers[row + level] = old + rate * (reward + best - old)
      }
      numbers[scaleAt + 1] = next
    },
  })
}

/** The lowest of the greatest of so many values, counted from where they begin. */
function greatestAt(values: Float64Array, start: number, count: number): number {
  let at = 0
  for (let index = 1; index < count; index++)
    if ((values[start + index] as number) > (values[start + at] as number)) at = index
  return at
}
