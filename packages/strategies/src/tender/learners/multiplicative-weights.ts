// Multiplicative weights (Hedge): every level has a weight that grows with what the level would have earned. Freund and Schapire, Journal of
// Computer and System Sciences 55, 1997; Arora, Hazan and Kale, Theory of Computing 8, 2012. Levels that cannot be judged keep their weight.
import { exp } from '@solvent/primitives'
import type { TenderStrategyKind } from '../tender-strategy.ts'
import { createLearner, drawLevel } from './learner.ts'
import { LEVELS } from './mark-up-levels.ts'

const PPM = 1_000_000

/** w_k ← w_k e^(η r_k); levels are drawn in proportion to weights. */
export const multiplicativeWeightsKind: TenderStrategyKind<
  'multiplicative-weights',
  'levels' | 'learningRatePpm'
> = {
  kind: 'multiplicative-weights',
  conduct: 'learning',
  parameters: {
    levels: LEVELS,
    learningRatePpm: { usual: 100_000, least: 1, most: PPM, meaning: 'η, in millionths' },
  },
  create: ({ levels, learningRatePpm }) => {
    const rate = learningRatePpm / PPM
    // Logarithms of the weights, the greatest 0: weights neither overflow nor die.
    const logs = new Float64Array(levels)
    const weights = new Float64Array(levels).fill(1)
    return createLearner(levels, {
      numbers: logs,
      choose(draw) {
        for (let level = 0; level < levels; level++) weights[level] = exp(logs[level] as number)
        return drawLevel(weights, draw())
      },
      learn({ rewards }) {
        let greatest = Number.NEGATIVE_INFINITY
        for (let level = 0; level < levels; level++) {
          const reward = rewards[level] as number
          const log = (logs[level] as number) + (Number.isNaN(reward) ? 0 : rate * reward)
          logs[level] = log
          if (log > greatest) greatest = log
        }
        for (let level = 0; level < levels; level++) logs[level] = (logs[level] as number) - greatest
      },
    })
  },
}
