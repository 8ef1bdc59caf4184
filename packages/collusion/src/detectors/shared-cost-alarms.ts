/**
 * How often a detector that learnt from all kinds accuses honest markets in which a shock moves the costs of all bidders of
 * a tender: likeness of bids without agreement; how often it says nothing of them; and what it then still finds of cartels in such
 * markets. Shocks of up to 0.1 it learnt from, larger ones not.
 */

import type { ConductKind } from '../generators/conduct.ts'
import { competitiveAsHigh, isBeyondLearnt, type TrainedDetector, trainOn } from './detector-score.ts'
import { SIZE } from './power.ts'
import { COLLUSIVE_KINDS, type SimulatedMarket, simulatedMarkets } from './simulated-examples.ts'

export interface SharedCostAlarms {
  /** σ of the logarithm of the shock. */
  readonly sigma: number
  /** Of all honest markets: accused, and left without a conclusion. */
  readonly false_positive_rate: number
  readonly abstained: number
  /** Of cartels, each kind by a detector that never saw it: found, and left without a conclusion. */
  readonly power: number
  readonly cartels_abstained: number
}

/** The range of costs between bidders is 0.2 of the base: shocks from far below to beyond half of it. */
const SIGMAS = [0, 0.03, 0.06, 0.1, 0.15, 0.2]

export function sharedCostAlarms(
  { markets, seed }: { readonly markets: number; readonly seed: number },
  learnt: readonly SimulatedMarket[],
): SharedCostAlarms[] {
  const all = trainOn(learnt)
  const without = new Map(
    COLLUSIVE_KINDS.map((kind) => [kind, trainOn(learnt.filter((one) => one.kind !== kind))]),
  )
  return SIGMAS.map((sharedCostSigma) => {
    const purpose = `shared-costs-${sharedCostSigma}`
    const drawn = simulatedMarkets({
      markets: Math.ceil(markets / 2),
      seed,
      purpose,
      sharedCostSigma,
      competitiveShare: 4,
    })
    const honest = sharesOf(drawn.filter(isHonest), () => all)
    const cartels = sharesOf(
      drawn.filter((one) => !isHonest(one)),
      (kind) => without.get(kind)!,
    )
    return {
      sigma: sharedCostSigma,
      false_positive_rate: honest.accused,
      abstained: honest.abstained,
      power: cartels.accused,
      cartels_abstained: cartels.abstained,
    }
  })
}

const isHonest = ({ kind }: SimulatedMarket) => kind === 'competitive'

function sharesOf(
  markets: readonly SimulatedMarket[],
  detectorOf: (kind: ConductKind) => TrainedDetector,
): { accused: number; abstained: number } {
  let [accused, abstained] = [0, 0]
  for (const { kind, market } of markets) {
    const detector = detectorOf(kind)
    if (isBeyondLearnt(detector, market)) abstained++
    else if (competitiveAsHigh(detector, market) <= SIZE) accused++
  }
  return { accused: accused / markets.length, abstained: abstained / markets.length }
}
