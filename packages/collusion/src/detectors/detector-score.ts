/**
 * A detector that learnt from simulated markets, and what it says of one market, beside simulated competition.
 */
import type { BidMatrix } from '../bids/bid-matrix.ts'
import { MARKET_FEATURES, marketFeaturesOf } from './features.ts'
import { type LogisticModel, probabilityOf, standardised, trainLogistic } from './logistic.ts'
import { type LearningOptions, learningMarkets, type SimulatedMarket } from './simulated-examples.ts'

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
  const row = standardised(model, features)
  const drivers = MARKET_FEATURES.map((feature, at) => ({
    feature,
    logOdds: model.weights[at + 1]! * row[at + 1]!,
  }))
  return {
    probability,
    competitive_as_high: (1 + asHigh.length) / (1 + competitive.length),
    drivers: drivers.sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds)).slice(0, DRIVERS),
  }
}

/** A market of a person, scored by a detector that learnt from all kinds. */
export function detectorScore(matrix: BidMatrix, options: LearningOptions): DetectorScore {
  return scoreMarket(trainOn(learningMarkets(options)), matrix)
}
