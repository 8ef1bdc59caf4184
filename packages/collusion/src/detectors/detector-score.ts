/**
 * A detector that learnt from simulated markets, and what it says of one market, beside simulated competition; or that such
 * bids do not allow it to say anything.
 */
import { type BidMatrix, bidsOf } from '../bids/bid-matrix.ts'
import { screensOf } from '../screens/tender-screens.ts'
import { AGAINST_HONESTY, type Features, MARKET_FEATURES, marketFeaturesOf } from './features.ts'
import { type LogisticModel, probabilityOf, standardised, trainLogistic } from './logistic.ts'
import { quantileOf, SIZE } from './power.ts'
import { type LearningOptions, learningMarkets, type SimulatedMarket } from './simulated-examples.ts'

export interface TrainedDetector {
  readonly model: LogisticModel
  /** The competitive markets that it learnt from, by how much the level of their bids moves, and what it gives them. */
  readonly competitive: readonly { readonly levelSpread: number; readonly probability: number }[]
  /** The level of bids differed by at most so much from tender to tender in nearly all markets that it learnt from: σ of the logarithm. */
  readonly learntLevelSpread: number
}

/**
 * Why nothing is said. `level-spread`: the level of all bids moves from tender to tender by more than it learnt of, and without
 * costs nothing tells a shock that all share from an agreement; `no-prices`: in no tender do bids differ, as where all ask for the limit; `few-tenders`:
 * fewer of them with rivals than it learnt from.
 */
export type Abstention = 'level-spread' | 'no-prices' | 'few-tenders'

export interface DetectorScore {
  readonly probability: number
  /** The share of simulated competitive markets with a score at least as high, of those in which the level of bids moves about as much. */
  readonly competitive_as_high: number
  /** `suspicious`: at most 5 % of them have. */
  readonly conclusion: 'suspicious' | 'unsuspicious' | 'none'
  /** Null with a conclusion. */
  readonly abstention: Abstention | null
  /** How much the level of bids moves, and up to what it learnt; σ of the logarithm. */
  readonly level_spread: number | null
  readonly learnt_level_spread: number
  /** What moved the score most, in units of log odds, the largest first. */
  readonly drivers: readonly { readonly feature: string; readonly logOdds: number }[]
}

const DRIVERS = 4

/** Beyond what all but this share of the markets had that were learnt from, it says nothing. */
const BEYOND_LEARNT = 0.01
/** Half of the fewest that were learnt from. */
const FEWEST_TENDERS = 5

const LEVEL_SPREAD = MARKET_FEATURES.indexOf('level spread')
const levelSpreadOf = (features: Features) => features[LEVEL_SPREAD] ?? null

/** @param learnt markets of both labels */
export function trainOn(learnt: readonly SimulatedMarket[]): TrainedDetector {
  const model = trainLogistic(
    learnt.map(({ kind, market }) => ({ features: market, label: kind === 'competitive' ? 0 : 1 })),
    AGAINST_HONESTY,
  )
  const competitive = learnt.filter(({ kind }) => kind === 'competitive')
  const spreads = learnt.flatMap(({ market }) => levelSpreadOf(market) ?? [])
  return {
    model,
    competitive: competitive
      .map(({ market }) => ({
        levelSpread: levelSpreadOf(market) ?? 0,
        probability: probabilityOf(model, market),
      }))
      .sort((a, b) => a.levelSpread - b.levelSpread),
    learntLevelSpread: quantileOf(spreads, 1 - BEYOND_LEARNT),
  }
}

export function scoreMarket(detector: TrainedDetector, matrix: BidMatrix): DetectorScore {
  const { model, learntLevelSpread } = detector
  const features = marketFeaturesOf(matrix)
  const probability = probabilityOf(model, features)
  const competitive_as_high = competitiveAsHigh(detector, features)
  const abstention = abstentionOf(detector, features, matrix)
  const row = standardised(model, features)
  const drivers = MARKET_FEATURES.map((feature, at) => ({
    feature,
    logOdds: model.weights[at + 1]! * row[at + 1]!,
  }))
  return {
    probability,
    competitive_as_high,
    conclusion: abstention !== null ? 'none' : competitive_as_high <= SIZE ? 'suspicious' : 'unsuspicious',
    abstention,
    level_spread: levelSpreadOf(features),
    learnt_level_spread: learntLevelSpread,
    drivers: drivers.sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds)).slice(0, DRIVERS),
  }
}

/** Markets that count as alike in how much the level of bids moves: this part of the competitive ones, but so many at least. */
const ALIKE = 0.12
const FEWEST_ALIKE = 40

/**
 * A threshold for all would accuse more of the honest markets without shocks than of those with: how suspicious bids look depends on how much
 * their level moves, which is seen.
 */
export function competitiveAsHigh({ model, competitive }: TrainedDetector, features: Features): number {
  const probability = probabilityOf(model, features)
  const levelSpread = levelSpreadOf(features) ?? 0
  const count = Math.min(competitive.length, Math.max(FEWEST_ALIKE, Math.ceil(ALIKE * competitive.length)))
  const below = competitive.filter((one) => one.levelSpread < levelSpread).length
  const upTo = competitive.filter((one) => one.levelSpread <= levelSpread).length
  const middle = (below + upTo) >> 1
  const from = Math.max(0, Math.min(competitive.length - count, middle - (count >> 1)))
  const alike = competitive.slice(from, from + count)
  return (1 + alike.filter((one) => one.probability >= probability).length) / (1 + count)
}

/** Whether the level of bids moves by more than a detector learnt of. */
export function isBeyondLearnt({ learntLevelSpread }: TrainedDetector, features: Features): boolean {
  return (levelSpreadOf(features) ?? 0) > learntLevelSpread
}

function abstentionOf(detector: TrainedDetector, features: Features, matrix: BidMatrix): Abstention | null {
  const rows = matrix.tenders.map((_, tender) => bidsOf(matrix, tender)).filter((bids) => bids.length > 1)
  if (rows.every((bids) => screensOf(bids).ks_rank === null)) return 'no-prices'
  if (rows.length < FEWEST_TENDERS) return 'few-tenders'
  return isBeyondLearnt(detector, features) ? 'level-spread' : null
}

/** A market of a person, scored by a detector that learnt from all kinds. */
export function detectorScore(matrix: BidMatrix, options: LearningOptions): DetectorScore {
  return scoreMarket(trainOn(learningMarkets(options)), matrix)
}
