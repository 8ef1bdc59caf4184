// Every kind of strategy for tenders by its name. A new one is a file and a line here (docs/how-to/add-a-mechanism-or-strategy.md).
import { createNamedRule } from '@solvent/primitives'
import { bestResponseKind } from './best-response.ts'
import { competitiveKind } from './competitive.ts'
import { equilibriumKind } from './equilibrium.ts'
import { exp3Kind } from './learners/exp3.ts'
import { multiplicativeWeightsKind } from './learners/multiplicative-weights.ts'
import { boltzmannQLearningKind, qLearningKind, synchronousQLearningKind } from './learners/q-learning.ts'
import { regretMatchingKind } from './learners/regret-matching.ts'
import { markUpKind } from './mark-up.ts'
import { bidRotationKind } from './misconduct/bid-rotation.ts'
import { bidSuppressionKind } from './misconduct/bid-suppression.ts'
import { coverBiddingKind } from './misconduct/cover-bidding.ts'
import { fadeCartelKind } from './misconduct/fade-cartel.ts'
import { lastLookKind } from './misconduct/last-look.ts'
import { assetDivisionKind, chainDivisionKind, userDivisionKind } from './misconduct/market-division.ts'
import { filterRivalBatchKind, withholdSecondBestKind } from './misconduct/reward-manipulation.ts'
import { sidePaymentsKind } from './misconduct/side-payments.ts'
import { sybilKind } from './misconduct/sybil.ts'
import type { Conduct, TenderStrategy } from './tender-strategy.ts'
import { truthfulKind } from './truthful.ts'

export const tenderStrategyKinds = {
  'asset-division': assetDivisionKind,
  'best-response': bestResponseKind,
  'bid-rotation': bidRotationKind,
  'bid-suppression': bidSuppressionKind,
  'boltzmann-q-learning': boltzmannQLearningKind,
  'chain-division': chainDivisionKind,
  competitive: competitiveKind,
  'cover-bidding': coverBiddingKind,
  equilibrium: equilibriumKind,
  exp3: exp3Kind,
  'fade-cartel': fadeCartelKind,
  'filter-rival-batch': filterRivalBatchKind,
  'last-look': lastLookKind,
  'mark-up': markUpKind,
  'multiplicative-weights': multiplicativeWeightsKind,
  'q-learning': qLearningKind,
  'regret-matching': regretMatchingKind,
  'side-payments': sidePaymentsKind,
  sybil: sybilKind,
  'synchronous-q-learning': synchronousQLearningKind,
  truthful: truthfulKind,
  'user-division': userDivisionKind,
  'withhold-second-best': withholdSecondBestKind,
} as const

export type TenderStrategyName = keyof typeof tenderStrategyKinds

/** A strategy as a scenario writes it down: its kind, and those parameters that are not the usual ones. */
export interface TenderStrategyConfig {
  readonly kind: TenderStrategyName
  readonly parameters?: Readonly<Record<string, number>>
  /** Members of its ring, itself included, in an order that all agree on. */
  readonly ring?: readonly string[]
}

/**
 * The strategy that a configuration names.
 *
 * @throws SolventError E_USAGE for a kind or a parameter that does not exist, E_RANGE for a value outside its bounds
 * @example createTenderStrategy({ kind: 'mark-up', parameters: { markUpPpm: 500 } }).bid(tender) // tender.cost + 0.0005
 */
export function createTenderStrategy({
  kind,
  parameters = {},
  ring = [],
}: TenderStrategyConfig): TenderStrategy {
  const create = createNamedRule<(ring: readonly string[]) => TenderStrategy>(
    'strategy',
    Object.fromEntries(
      Object.entries(tenderStrategyKinds).map(([name, { parameters: known, create: make }]) => [
        name,
        { parameters: known, create: (chosen) => (members) => make(chosen as never, members) },
      ]),
    ),
    kind,
    parameters,
  )
  return create(ring)
}

/** The ground truth about a kind of strategy. */
export function conductOf(kind: TenderStrategyName): Conduct {
  return tenderStrategyKinds[kind].conduct
}
