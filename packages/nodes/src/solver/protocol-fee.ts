// The protocol's fee of batches, where winners pay it: a share of what the user gets above the limit, in the output's token on its chain, by a transfer to the
// auctioneer once the order is filled. Offers leave room for it. docs/models/fair-combinatorial.md.
import { BPS, mulDivFloor } from '@solvent/primitives'
import type { Engagement } from './engagement.ts'
import type { SolverBooks } from './solver-books.ts'

/** What refs of such transfers begin with. */
export const PROTOCOL_FEE = 'protocol-fee'

/** What the user gets of an offer, so that the fee on it is in the offer too. */
export function afterFee(offer: bigint, minAmount: bigint, feeBps: number): bigint {
  if (offer <= minAmount) return offer
  return minAmount + mulDivFloor(offer - minAmount, BPS, BPS + BigInt(feeBps))
}

/** Pays for an order of a batch that was filled, as far as the inventory goes; what is missing the auctioneer nets with rewards. */
export function payProtocolFee(books: SolverBooks, { orderId, signed, award }: Engagement): void {
  const { order } = signed
  const { batchFeeBps = 0 } = books.init
  if (batchFeeBps === 0 || award === null) return
  if (order.award.by !== 'auctioneer' || order.award.rule !== 'fair-combinatorial') return
  const { chainId, token, minAmount } = order.output
  const amount = mulDivFloor(award.award.outputAmount - minAmount, BigInt(batchFeeBps), BPS)
  if (amount <= 0n || amount > books.inventory.free(chainId, token)) return
  books.send({
    chainId,
    ref: `${PROTOCOL_FEE}/${orderId}`,
    call: { kind: 'transfer', token, to: order.award.auctioneer, amount },
  })
}
