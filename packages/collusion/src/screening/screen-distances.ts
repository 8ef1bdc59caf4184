// The two screens that need the bids of a tender in order, in sums; the others stand in `screen-sums.ts`.
import { SCREENS } from '../screens/tender-screens.ts'
import { NEGLIGIBLE, type RankedBids, type ScreenSums } from './screen-sums.ts'
import { sortingNetwork } from './sorting-network.ts'

const [KS_UNIFORM, KS_RANK] = [SCREENS.indexOf('ks_uniform'), SCREENS.indexOf('ks_rank')]

/** A network sorts the few bids that tenders have without a branch; more than so many are sorted by the engine. */
const MOST_IN_NETWORK = 32

/** Adds the Kolmogorov–Smirnov distances, which need the bids of a tender in order. */
export function addDistances({ ranks, starts, bidOf }: RankedBids, { sums, counts }: ScreenSums): void {
  const sorted = new Int32Array(MOST_IN_NETWORK)
  let network = sortingNetwork(0)
  let width = 0
  let uniforms = 0
  let byRank = 0
  let tenders = 0
  let start = 0
  for (let tender = 1; tender < starts.length; tender++) {
    const end = starts[tender]! | 0
    const n = (end - start) | 0
    const first = start
    start = end
    if (n < 2) continue
    let order = sorted
    if (n <= MOST_IN_NETWORK) {
      if (n !== width) {
        network = sortingNetwork(n)
        width = n
      }
      for (let at = 0; at < n; at++) sorted[at] = ranks[first + at]!
      for (let at = 0; at < network.length; at += 2) {
        const low = network[at]!
        const high = network[at + 1]!
        const x = sorted[low]!
        const y = sorted[high]!
        const less = (x - y) & ((x - y) >> 31)
        sorted[low] = y + less
        sorted[high] = x - less
      }
    } else order = ranks.slice(first, end).sort((a, b) => a - b)
    const lowest = bidOf[order[0]!]!
    const range = bidOf[order[n - 1]!]! - lowest
    // The lowest bid is nearer to nothing than the mean, and within the range of it.
    if (range <= NEGLIGIBLE * lowest) continue
    const perRange = 1 / range
    const perBid = 1 / n
    const perGap = 1 / (n + 1)
    let uniform = 0
    let farthest = 0
    for (let at = 0; at < n; at++) {
      const x = (bidOf[order[at]!]! - lowest) * perRange
      // The larger of (at + 1)/n − x and x − at/n.
      const offMiddle = Math.abs(x - (at + 0.5) * perBid)
      const offRank = Math.abs(x - (at + 1) * perGap)
      if (offMiddle > uniform) uniform = offMiddle
      if (offRank > farthest) farthest = offRank
    }
    uniforms += uniform + 0.5 * perBid
    byRank += farthest
    tenders++
  }
  sums[KS_UNIFORM]! += uniforms
  sums[KS_RANK]! += byRank
  counts[KS_UNIFORM]! += tenders
  counts[KS_RANK]! += tenders
}
