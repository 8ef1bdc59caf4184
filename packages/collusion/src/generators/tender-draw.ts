/**
 * The circumstances of a tender, which are the same whoever colludes: value, costs, how busy bidders are, where it is.
 *
 * Rules of the reference bid matrices (bids-*.json): base lognormal around 100, costs from base to 1.2 times base,
 * reserve 1.2 times base. Every market draws them from a stream of its own, so that kinds of conduct can be compared
 * on the same tenders.
 */
import type { RandomStream } from '@solvent/ports'
import { exp } from '@solvent/primitives'

export interface TenderDraw {
  readonly base: number
  readonly reserve: number
  readonly chain: number
  readonly asset: number
  readonly costs: readonly number[]
  readonly utilisation: readonly number[]
}

const MEDIAN_BASE = 100
const BASE_SIGMA = 0.3
export const COST_RANGE = 0.2
export const CHAINS = 3
const ASSETS = 2

/** @param sharedCostSigma of the logarithm of what multiplies everyone's cost in a tender; 0: costs are everyone's own */
export function drawTender(bidders: number, stream: RandomStream, sharedCostSigma = 0): TenderDraw {
  const base = rounded(MEDIAN_BASE * exp(stream.normal(0, BASE_SIGMA)), 4)
  const shared = sharedCostSigma > 0 ? exp(stream.normal(0, sharedCostSigma)) : 1
  return {
    base,
    reserve: rounded(base * (1 + COST_RANGE), 6),
    chain: stream.int(CHAINS),
    asset: stream.int(ASSETS),
    costs: Array.from({ length: bidders }, () =>
      rounded(shared * base * (1 + COST_RANGE * stream.uniform()), 6),
    ),
    utilisation: Array.from({ length: bidders }, () => rounded(stream.uniform(), 4)),
  }
}

/** To so many decimals, as bids are written down. */
export function rounded(value: number, decimals: 4 | 6): number {
  const scale = decimals === 4 ? 1e4 : 1e6
  return Math.round(value * scale) / scale
}
