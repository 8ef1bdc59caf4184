// Regret matching: levels are played in proportion to how much better than the play they would have been. Hart and Mas-Colell, Econometrica 68,
// 2000 (unconditional regrets, §4). Needs to hear what rivals bid; a level that cannot be judged gains no regret.
import type { TenderStrategyKind } from '../tender-strategy.ts'
import { createLearner, drawLevel } from './learner.ts'
import { LEVELS } from './mark-up-levels.ts'

/** R_k ← R_k + r_k − r; levels are drawn in proportion to max(R_k, 0), all alike while no regret is positive. */
export const regretMatchingKind: TenderStrategyKind<'regret-matching', 'levels'> = {
  kind: 'regret-matching',
  conduct: 'learning',
  parameters: { levels: LEVELS },
  create: ({ levels }) => {
    const regrets = new Float64Array(levels)
    const weights = new Float64Array(levels)
    return createLearner(levels, {
      numbers: regrets,
      choose(draw) {
        let total = 0
        for (let level = 0; level < levels; level++) {
          weights[level] = Math.max(0, regrets[level] as number)
          total += weights[level] as number
        }
        if (total === 0) weights.fill(1)
        return drawLevel(weights, draw())
      },
      learn({ reward, rewards }) {
        for (let level = 0; level < levels; level++) {
          const other = rewards[level] as number
          if (!Number.isNaN(other)) regrets[level] = (regrets[level] as number) + other - reward
        }
      },
    })
  },
}
