// Equilibrium bidder: the closed form where there is one. At second price the cost itself; at first price, and in what is strategically
// the same (a falling price that the first taker stops, a quote, a priority fee), the symmetric Bayes–Nash price with uniform costs.
import { equilibriumPrice } from '@solvent/mechanisms'
import type { TenderStrategyKind } from './tender-strategy.ts'

const PPM = 1_000_000

/** Costs are believed to be uniform between two bounds, the same for every bidder. */
export const equilibriumKind: TenderStrategyKind<'equilibrium', 'lowestCostPpm' | 'highestCostPpm'> = {
  kind: 'equilibrium',
  conduct: 'competitive',
  parameters: {
    lowestCostPpm: {
      usual: 0,
      least: 0,
      most: PPM,
      meaning: 'the least that delivering may cost anyone, in millionths of the value',
    },
    highestCostPpm: {
      usual: PPM,
      least: 1,
      most: PPM,
      meaning: 'the most that delivering may cost anyone, in millionths of the value',
    },
  },
  create: ({ lowestCostPpm, highestCostPpm }) => {
    const low = lowestCostPpm / PPM
    const width = (highestCostPpm - lowestCostPpm) / PPM
    return {
      bid({ rule, cost, reserve, bidders }) {
        if (cost > reserve) return null
        if (rule === 'second-price') return cost
        // A cost outside what everyone believes has no equilibrium price; it is treated as the nearest that has one.
        const at = width > 0 ? Math.max(0, (cost - low) / width) : 1
        if (at >= 1) return bidders.length <= 1 ? reserve : cost
        const price = equilibriumPrice({
          cost: at,
          bidders: bidders.length,
          reserve: (reserve - low) / width,
        })
        return price === null ? null : Math.max(cost, low + price * width)
      },
    }
  },
}
