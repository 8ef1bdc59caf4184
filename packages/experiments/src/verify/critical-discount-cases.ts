// Kind `critical-discount`: how patient the members of a cartel must be.
import {
  cournotDiscount,
  criticalDiscount,
  discountUnderDetection,
  discountUnderLag,
  equalSplitDiscount,
  rotationDiscount,
} from '@solvent/mechanisms'
import type { FixtureKind } from './fixture-kind.ts'

interface Row {
  readonly n: number
  readonly equal_split_with_detection_prob_p: readonly { readonly p: number }[]
  readonly reaction_lag_periods: readonly { readonly lag: number }[]
}

interface Input {
  readonly n: number
  readonly probabilities: readonly number[]
  readonly lags: readonly number[]
}

export const criticalDiscountKind: FixtureKind<Input> = {
  kind: 'critical-discount',
  split(content) {
    const { tolerance, cases } = content as unknown as { tolerance: number; cases: readonly Row[] }
    return cases.map((row) => ({
      name: `n=${row.n}`,
      input: {
        n: row.n,
        probabilities: row.equal_split_with_detection_prob_p.map(({ p }) => p),
        lags: row.reaction_lag_periods.map(({ lag }) => lag),
      },
      want: row,
      tolerance: { relative: 0, absolute: tolerance },
    }))
  },
  compute: ({ n, probabilities, lags }) => ({
    n,
    bertrand_homogeneous_equal_split: equalSplitDiscount(n),
    // A tie at the reserve is a lottery over the pie, and a deviator takes it whole.
    first_price_common_cost_random_tie_at_reserve: criticalDiscount({
      deviation: 1,
      collusive: 1 / n,
      competitive: 0,
    }),
    first_price_common_cost_bid_rotation: rotationDiscount(n),
    cournot_linear: cournotDiscount(n),
    equal_split_with_detection_prob_p: probabilities.map((p) => ({
      p,
      delta_star: discountUnderDetection(n, p),
    })),
    reaction_lag_periods: lags.map((lag) => ({ lag, delta_star: discountUnderLag(n, lag) })),
  }),
}
