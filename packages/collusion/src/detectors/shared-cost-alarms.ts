/**
 * How often a detector that learnt from all kinds accuses honest markets in which a shock moves the costs of all bidders of
 * a tender: likeness of bids without agreement. Shocks of up to
 * 0.05 it learnt from, larger ones not.
 */

import { trainOn } from './detector-score.ts'
import { probabilityOf } from './logistic.ts'
import { quantileOf, SIZE } from './power.ts'
import { type SimulatedMarket, simulatedMarkets } from './simulated-examples.ts'

export interface SharedCostAlarms {
  /** σ of the logarithm of the shock. */
  readonly sigma: number
  readonly false_positive_rate: number
}

/** The range of costs between bidders is 0.2 of the base: shocks from far below to beyond half of it. */
const SIGMAS = [0.01, 0.03, 0.05, 0.08, 0.12]

export function sharedCostAlarms(
  { markets, seed }: { readonly markets: number; readonly seed: number },
  learnt: readonly SimulatedMarket[],
): SharedCostAlarms[] {
  const { model, competitive } = trainOn(learnt)
  const threshold = quantileOf(competitive, 1 - SIZE)
  return SIGMAS.map((sigma) => {
    const honest = simulatedMarkets({
      markets,
      seed,
      purpose: `shared-costs-${sigma}`,
      kinds: ['competitive'],
      sharedCostSigma: sigma,
    })
    const accused = honest.filter(({ market }) => probabilityOf(model, market) > threshold)
    return { sigma, false_positive_rate: accused.length / honest.length }
  })
}
