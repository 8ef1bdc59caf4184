// What the winner of an auction keeps, by its bid and the second highest: 1 − (2 − a) · highest − (a − 1) · second.
// One division, at the end: 1 − 0.95 and half of 1 − 0.9 differ in the last bit, and learners would notice. At 0.9 the
// two are equal on the grid, which makes 0.9 an equilibrium, a weak one.
import type { AuctionStudy } from './auction-study.ts'

/** Entry highest · bids + second. */
export function paymentTable({ bids, payment }: Pick<AuctionStudy, 'bids' | 'payment'>): Float64Array {
  const surplus = new Float64Array(bids * bids)
  for (let highest = 0; highest < bids; highest++)
    for (let second = 0; second <= highest; second++)
      surplus[highest * bids + second] =
        (bids + 1 - (2 - payment) * (highest + 1) - (payment - 1) * (second + 1)) / (bids + 1)
  return surplus
}
