// An award reveals its bids, so that whoever knows the order can tell whether the best one won. One that shows another winner, price
// or order of bids was made by a faulty auctioneer, and whoever sent it has not looked.
import { sealedAuction } from '@solvent/mechanisms'
import { ZERO_ADDRESS } from '@solvent/primitives'
import { type Award, awardsFrom, type NetworkSpec, type Order } from '@solvent/protocol'

/** Whether the award is what the order's rule makes of the bids that it shows. */
export function isDueAward(
  award: Award,
  { award: rule, output }: Order,
  spec: Pick<NetworkSpec, 'auctioneers' | 'sealCommittee'>,
): boolean {
  if (rule.by !== 'auctioneer' || awardsFrom(spec, rule, award.auctioneer) === null) return false
  // What a batch decides follows from all its orders together: of one of them can be told only that its winner offered what it owes.
  if (rule.rule === 'fair-combinatorial') return isOffered(award)
  // Records are the auctioneer's own: whoever knows only the order can tell that the winner has bid what it owes, and that bids stand in order.
  const isByRecord = rule.rule === 'reputation'
  const { winner, outputAmount, ranking } = sealedAuction(rule.rule).close(award.bids, output.minAmount)
  const isDue = isByRecord
    ? isOffered(award) && (award.winner !== ZERO_ADDRESS || winner === null)
    : award.winner === (winner?.solver ?? ZERO_ADDRESS) && award.outputAmount === outputAmount
  return (
    isDue &&
    award.bids.length === ranking.length &&
    award.bids.every(({ bidHash }, index) => bidHash === ranking[index]?.bidHash)
  )
}

function isOffered({ winner, outputAmount, bids }: Award): boolean {
  return winner === ZERO_ADDRESS
    ? outputAmount === 0n
    : bids.some((bid) => bid.solver === winner && bid.outputAmount === outputAmount)
}
