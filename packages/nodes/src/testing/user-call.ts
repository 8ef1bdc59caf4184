// A transaction of some account of the small network, handed to the chain's producer by a probe, outside all nodes.

import type { Probe } from '@solvent/ports/testing'
import type { ChainId } from '@solvent/primitives'
import { type Call, type SolventVocabulary, transactionDigest } from '@solvent/protocol'
import { gasOf } from '@solvent/settlement'
import { type RunningNetwork, signerOf } from './running-network.ts'
import { address, L1, node } from './small-network.ts'

/** Signs with the user's key and its next nonce, and submits through the probe. */
export function userCall(
  network: RunningNetwork,
  probe: Probe<SolventVocabulary>,
  chainId: ChainId,
  call: Call,
): void {
  accountCall(network, probe, { from: 'user-1', chainId, call })
}

/** As {@link userCall}, of any account. */
export function accountCall(
  network: RunningNetwork,
  probe: Probe<SolventVocabulary>,
  { from, chainId, call }: { from: Parameters<typeof address>[0]; chainId: ChainId; call: Call },
): void {
  const engine = network.engines.get(chainId)
  if (engine === undefined) throw new Error(`no chain ${chainId}`)
  const transaction = {
    chainId,
    from: address(from),
    nonce: engine.nextNonce(address(from)),
    gasLimit: gasOf(call.kind),
    maxFeePerGas: 10n ** 10n,
    maxPriorityFeePerGas: 10n ** 6n,
    call,
  }
  const body = { transaction, signature: signerOf(node(from)).sign(transactionDigest(transaction)) }
  const producer = node(chainId === L1 ? 'l1-producer' : 'rollup-producer')
  probe.ports.transport.request(producer, { type: 'transaction', body }, 10_000)
}
