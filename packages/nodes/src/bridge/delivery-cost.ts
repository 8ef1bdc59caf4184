// What a delivery costs its relayer: gas of the call, and its share of the headers that were handed in for it, at the price that it pays in
// the next block of the destination (EIP-1559: the base fee that the newest followed block makes, and the tip that senders give); the
// most that it can come to while base fees move; and what stays tied up for a while.
import type { BridgeMessage, MessageProof } from '@solvent/protocol'
import { gasOfCall } from '@solvent/settlement'
import type { TransactionSender } from '../parts/transaction-sender.ts'
import type { DeliveryCost } from './attestation-source.ts'

/** Whoever hands it in says what gas costs. */
export type DeliveryMarket = Pick<TransactionSender, 'gasQuote'>

/** What handing in depends on beyond the call itself. */
export interface DeliveryExtras {
  /** What headers, and the proof over them, that this node has handed in for the message cost it, as said when it handed them in. */
  readonly headers?: HeaderCost
  /** Wei that the proposer of the message's bundle has tied up. */
  readonly bond?: bigint
}

export type HeaderCost = Pick<DeliveryCost, 'gas' | 'fee' | 'maxFee'>

const NO_HEADERS: HeaderCost = { gas: 0, fee: 0n, maxFee: 0n }

/** The cost of handing in a message on its destination chain. */
export function deliveryCost(
  market: DeliveryMarket,
  message: BridgeMessage,
  proof: MessageProof,
  { headers = NO_HEADERS, bond = 0n }: DeliveryExtras = {},
): DeliveryCost {
  const callGas = gasOfCall({ kind: 'deliver', message, proof })
  const { perGas, mostPerGas } = market.gasQuote(message.dstChainId)
  return {
    gas: callGas + headers.gas,
    headerGas: headers.gas,
    fee: BigInt(callGas) * perGas + headers.fee,
    maxFee: BigInt(callGas) * mostPerGas + headers.maxFee,
    bond,
  }
}
