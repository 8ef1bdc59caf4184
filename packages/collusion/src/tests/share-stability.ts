// How much shares of wins move from one window of tenders to the next. Cartels keep them still (J. Harrington,
// "Detecting cartels", in Buccirossi (ed.), Handbook of Antitrust Economics, MIT Press 2008, section 6).
import { standardDeviationOf } from '../statistics/moments.ts'

export interface ShareStability {
  /** Tenders a window: a sixth of them. */
  readonly window: number
  /** Windows × bidders; a last window that is not full is left out. */
  readonly shares: readonly (readonly number[])[]
  readonly mean_abs_change: number
  /** ½ Σ|Δ| a step: the share of wins that changes hands, 0 to 1. */
  readonly instability_index: number
  readonly sd_by_bidder: readonly number[]
}

const WINDOWS = 6

/** Null below two windows of two tenders. @param winners of each tender, without tenders that nobody won */
export function shareStabilityOf(winners: Int32Array, n: number): ShareStability | null {
  const window = Math.floor(winners.length / WINDOWS)
  if (window < 2) return null
  const shares = Array.from({ length: Math.floor(winners.length / window) }, (_, index) => {
    const counts = new Array<number>(n).fill(0)
    for (const winner of winners.subarray(index * window, (index + 1) * window)) counts[winner]!++
    return counts.map((count) => count / window)
  })
  let moved = 0
  for (let index = 1; index < shares.length; index++)
    for (let bidder = 0; bidder < n; bidder++)
      moved += Math.abs(shares[index]![bidder]! - shares[index - 1]![bidder]!)
  const steps = shares.length - 1
  return {
    window,
    shares,
    mean_abs_change: moved / (steps * n),
    instability_index: moved / (2 * steps),
    sd_by_bidder: Array.from({ length: n }, (_, bidder) =>
      standardDeviationOf(shares.map((row) => row[bidder]!)),
    ),
  }
}
