/**
 * A detector that learnt from simulated markets, and what it says of one market, beside simulated competition.
 */
import type { BidMatrix } from '../bids/bid-matrix.ts'
import type { ConductKind } from '../generators/conduct.ts'
import { MARKET_FEATURES, marketFeaturesOf } from './features.ts'
import { type LogisticModel, probabilityOf, trainLogistic } from './logistic.ts'
import { type SimulatedMarket, simulatedMarkets } from './simulated-examples.ts'

export interface TrainingOptions {
  /** Of each kind under each rule. */
  readonly markets: number
  readonly seed: number
  /** A kind of cartel that it does not learn from. */
  readonly unseen?: Exclude<ConductKind, 'competitive'> | undefined
}

export interface TrainedDetector {
  readonly model: LogisticModel
  /** What it gives the competitive markets that it learnt from. */
  readonly competitive: readonly number[]
}

export interface DetectorScore {
  readonly probability: number
  /** The share of simulated competitive markets with a score at least as high. */
  readonly competitive_as_high: number
  /** What moved the score most, in units of log odds, the largest first. */
  readonly drivers: readonly { readonly feature: string; readonly logOdds: number }[]
}

const DRIVERS = 4

export function trainDetector({ markets, seed, unseen }: TrainingOptions): TrainedDetector {
  return trainOn(simulatedMarkets({ markets, seed, purpose: 'learn' }).filter(({ kind }) => kind !== unseen))
}

/** @param learnt markets of both labels */
export function trainOn(learnt: readonly SimulatedMarket[]): TrainedDetector {
  const model = trainLogistic(
    learnt.map(({ kind, market }) => ({ features: market, label: kind === 'competitive' ? 0 : 1 })),
  )
  const competitive = learnt.filter(({ kind }) => kind === 'competitive')
  return { model, competitive: competitive.map(({ market }) => probabilityOf(model, market)) }
}

export function scoreMarket({ model, competitive }: TrainedDetector, matrix: BidMatrix): DetectorScore {
  const features = marketFeaturesOf(matrix)
  const probability = probabilityOf(model, features)
  const asHigh = competitive.filter((one) => one >= probability)
  const drivers = MARKET_FEATURES.map((feature, at) => {
    const value = features[at] ?? null
    const z = value === null ? 0 : (value - model.means[at]!) / model.scales[at]!
    return { feature, logOdds: model.weights[at + 1]! * z }
  })
  return {
    probability,
    competitive_as_high: (1 + asHigh.length) / (1 + competitive.length),
    drivers: drivers.sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds)).slice(0, DRIVERS),
  }
}

/** A market of a person, scored by a detector that learnt from all kinds. */
export function detectorScore(matrix: BidMatrix, options: TrainingOptions): DetectorScore {
  return scoreMarket(trainDetector(options), matrix)
}
