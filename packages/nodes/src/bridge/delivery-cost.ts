// What a delivery costs its relayer: gas of the call at the destination's base fee and the tip that senders give.
import type { BridgeMessage, MessageProof, NetworkSpec } from '@solvent/protocol'
import { gasOfCall } from '@solvent/settlement'
import type { DeliveryCost } from './attestation-source.ts'

/** The sender of transactions tips a tenth of the base fee unless told otherwise. */
const TIP_DIVISOR = 10n

/** The cost of handing in a message on its destination chain. */
export function deliveryCost(spec: NetworkSpec, message: BridgeMessage, proof: MessageProof): DeliveryCost {
  const gas = gasOfCall({ kind: 'deliver', message, proof })
  const baseFee = spec.chains.find(({ chainId }) => chainId === message.dstChainId)?.baseFee ?? 0n
  return { gas, fee: BigInt(gas) * (baseFee + baseFee / TIP_DIVISOR) }
}
