// A fill with money that the solver does not have: the destination refuses it when it is executed, and charges the gas.
import type { Address } from '@solvent/primitives'
import type { DigestSigner, Message, Order } from '@solvent/protocol'
import { transactionDigest } from '@solvent/protocol'
import type { ByzantineTransport } from './byzantine-transport.ts'

const GAS_LIMIT = 200_000
const OFFER_WEI = 1_000_000_000_000n

/** Whether the order is in an auction of this account's own. */
export function isAuctionedBy({ award }: Order, self: Address): boolean {
  return award.by === 'auctioneer' && award.auctioneer === self
}

/** The signed transaction, with the nonce after the last that left. */
export function unfundedFill(
  order: Order,
  transport: Pick<ByzantineTransport, 'nextNonce'>,
  signer: DigestSigner,
): Extract<Message, { type: 'transaction' }> {
  const { chainId, minAmount } = order.output
  const transaction = {
    chainId,
    from: signer.address,
    nonce: transport.nextNonce(chainId),
    gasLimit: GAS_LIMIT,
    maxFeePerGas: OFFER_WEI,
    maxPriorityFeePerGas: 1n,
    call: { kind: 'fill', order, award: null, amount: minAmount, payee: signer.address },
  } as const
  return {
    type: 'transaction',
    body: { transaction, signature: signer.sign(transactionDigest(transaction)) },
  }
}
