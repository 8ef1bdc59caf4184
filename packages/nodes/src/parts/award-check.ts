// An award reveals its bids, so that whoever knows the order can tell whether the best one won. One that shows another winner, price
// or order of bids was made by a faulty auctioneer, and whoever sent it has not looked.
import { sealedAuction } from '@solvent/mechanisms'
import { ZERO_ADDRESS } from '@solvent/primitives'
import type { Award, Order } from '@solvent/protocol'

/** Whether the award is what the order's rule makes of the bids that it shows. */
export function isDueAward(award: Award, { award: rule, output }: Order): boolean {
  if (rule.by !== 'auctioneer' || award.auctioneer !== rule.auctioneer) return false
  // What a batch decides follows from all its orders together: of one of them can be told only that its winner offered what it owes.
  if (rule.rule === 'fair-combinatorial')
    return award.winner === ZERO_ADDRESS
      ? award.outputAmount === 0n
      : award.bids.some((bid) => bid.solver === award.winner && bid.outputAmount === award.outputAmount)
  const { winner, outputAmount, ranking } = sealedAuction(rule.rule).close(award.bids, output.minAmount)
  return (
    award.winner === (winner?.solver ?? ZERO_ADDRESS) &&
    award.outputAmount === outputAmount &&
    award.bids.length === ranking.length &&
    award.bids.every(({ bidHash }, index) => bidHash === ranking[index]?.bidHash)
  )
}
