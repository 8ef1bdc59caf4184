// EXP3: exponential weights for a bidder that learns only what its own bid earned. Auer, Cesa-Bianchi, Freund and Schapire, SIAM Journal on
// Computing 32, 2002, Figure 1.
import { exp } from '@solvent/primitives'
import type { TenderStrategyKind } from '../tender-strategy.ts'
import { createLearner, drawLevel } from './learner.ts'
import { LEVELS } from './mark-up-levels.ts'

const PPM = 1_000_000

/** p_k = (1 − γ) w_k / Σ w + γ / K; of the level played, w ← w e^(γ r / (p K)). */
export const exp3Kind: TenderStrategyKind<'exp3', 'levels' | 'explorationPpm'> = {
  kind: 'exp3',
  conduct: 'learning',
  parameters: {
    levels: LEVELS,
    explorationPpm: { usual: 100_000, least: 1, most: PPM, meaning: 'γ, in millionths' },
  },
  create: ({ levels, explorationPpm }) => {
    const gamma = explorationPpm / PPM
    const logs = new Float64Array(levels)
    const chances = new Float64Array(levels)
    /** Chances follow from the weights, and hold until these change. */
    let isDue = true
    const update = () => {
      if (!isDue) return
      isDue = false
      let total = 0
      for (let level = 0; level < levels; level++) {
        chances[level] = exp(logs[level] as number)
        total += chances[level] as number
      }
      for (let level = 0; level < levels; level++)
        chances[level] = ((1 - gamma) * (chances[level] as number)) / total + gamma / levels
    }
    return createLearner(levels, {
      numbers: logs,
      restored() {
        isDue = true
      },
      choose(draw) {
        update()
        return drawLevel(chances, draw())
      },
      learn({ played, reward }) {
        update()
        isDue = true
        logs[played] = (logs[played] as number) + (gamma * reward) / ((chances[played] as number) * levels)
        const greatest = logs.reduce((most, log) => (log > most ? log : most), Number.NEGATIVE_INFINITY)
        for (let level = 0; level < levels; level++) logs[level] = (logs[level] as number) - greatest
      },
    })
  },
}
