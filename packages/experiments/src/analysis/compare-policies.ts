// Whether a policy changes a figure, from its differences to the first policy on common random numbers.

import { type PairedT, pairedT, type SignedRank, signedRank } from '../statistics/paired-tests.ts'
import type { Interval } from '../statistics/quantile.ts'
import { estimate } from '../sweep/estimate.ts'
import type { SweepPlan } from '../sweep/sweep-plan.ts'
import { independentPoints, meanAt } from './point-means.ts'
import { replicatesOf } from './sweep-columns.ts'

export interface Comparison {
  readonly metric: string
  readonly policy: string
  readonly against: string
  /** Null: over all points, of their means. */
  readonly point: number | null
  readonly n: number
  readonly mean: number
  readonly sd: number | null
  readonly interval: Interval | null
  readonly t: PairedT | null
  readonly wilcoxon: SignedRank | null
}

/** Every other policy against the first: point by point over replicates, and over points. */
export function comparePolicies(
  plan: SweepPlan,
  metric: string,
  column: Float64Array,
  confidence: number,
): Comparison[] {
  const against = plan.policies[0]!.name
  return plan.policies.slice(1).flatMap(({ name: policy }, index) => {
    const made = (point: number | null, differences: readonly number[]) =>
      compared(differences, { metric, policy, against, point }, confidence)
    const atPoints = plan.points.map((_, point) => {
      const first = replicatesOf(plan, column, point, 0)
      const other = replicatesOf(plan, column, point, index + 1)
      return made(
        point,
        Array.from(other, (value, replicate) => value - first[replicate]!),
      )
    })
    const means = independentPoints(plan).map(
      (point) => meanAt(plan, column, point, index + 1) - meanAt(plan, column, point, 0),
    )
    const overall = means.length > 1 ? [made(null, means)] : []
    return [...overall, ...atPoints].filter((each) => each !== null)
  })
}

function compared(
  all: readonly number[],
  which: Pick<Comparison, 'metric' | 'policy' | 'against' | 'point'>,
  confidence: number,
): Comparison | null {
  const differences = all.filter((value) => !Number.isNaN(value))
  const found = estimate(differences, confidence)
  if (found === null) return null
  const { n, mean, sd, halfWidth } = found
  return {
    ...which,
    n,
    mean,
    sd,
    interval: halfWidth === null ? null : { low: mean - halfWidth, high: mean + halfWidth },
    t: pairedT(differences),
    wilcoxon: signedRank(differences),
  }
}
