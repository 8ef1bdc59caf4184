/**
 * Markets to learn from: every kind of conduct under every pricing rule, of several sizes, with as many competitive
 * markets as collusive ones.
 */
import { createStreams } from '@solvent/kernel'
import { bidsOf } from '../bids/bid-matrix.ts'
import { CONDUCTS, type ConductKind } from '../generators/conduct.ts'
import { labelledMarket } from '../generators/labelled-market.ts'
import { PRICING_RULES, type PricingRule } from '../generators/pricing-rule.ts'
import { screensOf } from '../screens/tender-screens.ts'
import { type Features, marketFeaturesOf, tenderFeaturesOf } from './features.ts'

export const COLLUSIVE_KINDS: readonly ConductKind[] = CONDUCTS.filter((kind) => kind !== 'competitive')

export interface SimulatedMarket {
  readonly kind: ConductKind
  readonly rule: PricingRule
  readonly market: Features
  /** Of its first tender: one of each market, since tenders of one market are alike. */
  readonly tender: Features
}

export interface LearningOptions {
  /** Markets of each kind under each rule; competitive ones as many as all others together. */
  readonly markets: number
  readonly seed: number
}

export interface SimulationOptions extends LearningOptions {
  /** Names the streams, so that markets to learn from and markets to test on differ. */
  readonly purpose: string
  /** Tenders of each market; drawn from several sizes when left out. */
  readonly tenders?: number | undefined
  /** Competitive markets are so many of each kind's; as many as all cartels together when left out. */
  readonly competitiveShare?: number | undefined
  /** See {@link drawTender}. */
  readonly sharedCostSigma?: number | undefined
}

const TENDERS = [10, 20, 40, 80]
/** What honest markets have as well as rigged ones, so that neither is taken for a sign: costs that move together, and bidders who do not come. */
const SHARED_COST_SIGMAS = [0, 0.03, 0.06, 0.1]
const ABSENCES = [0, 0.1, 0.3]

const FEWEST_BIDDERS = 5
const BIDDER_SIZES = 4

/** What a detector learns from; kinds that it is not to know are left out of them afterwards. */
export function learningMarkets({ markets, seed }: LearningOptions): SimulatedMarket[] {
  return simulatedMarkets({ markets, seed, purpose: 'learn' })
}

export function simulatedMarkets(options: SimulationOptions): SimulatedMarket[] {
  const { markets, seed, purpose, tenders, sharedCostSigma } = options
  const { competitiveShare = COLLUSIVE_KINDS.length } = options
  const streams = createStreams(seed)
  return PRICING_RULES.flatMap((rule) =>
    CONDUCTS.flatMap((kind) => {
      const size = kind === 'competitive' ? markets * competitiveShare : markets
      return Array.from({ length: size }, (_, index) => {
        const stream = streams.stream(`${purpose}/${rule}/${kind}/${tenders ?? 'any'}/${index}`)
        const bidders = FEWEST_BIDDERS + stream.int(BIDDER_SIZES)
        const { matrix } = labelledMarket(
          {
            kind,
            rule,
            bidders,
            tenders: tenders ?? stream.pick(TENDERS),
            sharedCostSigma: sharedCostSigma ?? stream.pick(SHARED_COST_SIGMAS),
            absence: stream.pick(ABSENCES),
          },
          stream,
        )
        return {
          kind,
          rule,
          market: marketFeaturesOf(matrix),
          tender: tenderFeaturesOf(screensOf(bidsOf(matrix, 0))),
        }
      })
    }),
  )
}
