// What a delivery costs its relayer: gas of the call, and its share of the headers that were handed in for it, at the base fee
// of the destination's newest followed block (EIP-1559) and the tip that senders give; and what stays tied up for a while.
import type { ChainId } from '@solvent/primitives'
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
  /** What headers, and the proof over them, that this node has handed in for the message have cost it. */
  readonly headers?: HeaderCost
  /** Wei that the proposer of the message's bundle has tied up. */
  readonly bond?: bigint
}

/** Gas, and what it cost in wei when it was handed in. */
export interface HeaderCost {
  readonly gas: number
  readonly fee: bigint
}

const NO_HEADERS: HeaderCost = { gas: 0, fee: 0n }

/** The cost of handing in a message on its destination chain. */
export function deliveryCost(
  market: DeliveryMarket,
  message: BridgeMessage,
  proof: MessageProof,
  { headers = NO_HEADERS, bond = 0n }: DeliveryExtras = {},
): DeliveryCost {
  const callGas = gasOfCall({ kind: 'deliver', message, proof })
  const fee = BigInt(callGas) * gasPrice(market, message.dstChainId) + headers.fee
  return { gas: callGas + headers.gas, headerGas: headers.gas, fee, bond }
}

/** Wei that a unit of gas costs on a chain now. */
export function gasPrice({ spec, view }: DeliveryMarket, chainId: ChainId): bigint {
  const atGenesis = spec.chains.find((chain) => chain.chainId === chainId)?.baseFee ?? 0n
  const baseFee = view.head(chainId)?.header.baseFee ?? atGenesis
  return baseFee + baseFee / TIP_DIVISOR
}
