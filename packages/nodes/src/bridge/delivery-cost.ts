// What a delivery costs its relayer: gas of the call, and its share of the headers that were handed in for it, at the base fee
// of the destination's newest followed block (EIP-1559) and the tip that senders give; and what stays tied up for a while.
import type { BridgeMessage, MessageProof, NetworkSpec } from '@solvent/protocol'
import { type ChainView, gasOfCall } from '@solvent/settlement'
import type { DeliveryCost } from './attestation-source.ts'

/** The sender of transactions tips a tenth of the base fee unless told otherwise. */
const TIP_DIVISOR = 10n

export interface DeliveryMarket {
  readonly spec: NetworkSpec
  readonly view: Pick<ChainView, 'head'>
}

/** What handing in depends on beyond the call itself. */
export interface DeliveryExtras {
  /** Gas of headers, and of the proof over them, that this node has handed in for the message. */
  readonly headerGas?: number
  /** Wei that the proposer of the message's bundle has tied up. */
  readonly bond?: bigint
}

/** The cost of handing in a message on its destination chain. */
export function deliveryCost(
  { spec, view }: DeliveryMarket,
  message: BridgeMessage,
  proof: MessageProof,
  { headerGas = 0, bond = 0n }: DeliveryExtras = {},
): DeliveryCost {
  const { dstChainId } = message
  const callGas = gasOfCall({ kind: 'deliver', message, proof })
  const atGenesis = spec.chains.find(({ chainId }) => chainId === dstChainId)?.baseFee ?? 0n
  const baseFee = view.head(dstChainId)?.header.baseFee ?? atGenesis
  const gas = callGas + headerGas
  return { gas, headerGas, fee: BigInt(gas) * (baseFee + baseFee / TIP_DIVISOR), bond }
}
