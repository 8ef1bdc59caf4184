import { asChainId } from '@solvent/primitives'
import type { BridgeMessage, MessageProof } from '@solvent/protocol'
import { gasOfCall } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import { L1, tokens, weakBridge } from '../testing/small-network.ts'
import { type DeliveryMarket, deliveryCost } from './delivery-cost.ts'

const GWEI = 1_000_000_000n
const message: BridgeMessage = {
  bridge: weakBridge,
  srcChainId: asChainId(10),
  emitter: weakBridge,
  sequence: 0,
  dstChainId: L1,
  payload: { kind: 'transfer', token: tokens.rsEthL1, amount: 1n, recipient: weakBridge },
}
const proof: MessageProof = { kind: 'quorum', setIndex: 0, signatures: [] }
const callGas = gasOfCall({ kind: 'deliver', message, proof })

const marketAt = (perGas: bigint, mostPerGas = perGas): DeliveryMarket => ({
  gasQuote: (chainId) => (chainId === L1 ? { perGas, mostPerGas } : { perGas: 0n, mostPerGas: 0n }),
})

describe('what a delivery costs', () => {
  it('is its gas at the price of its destination, and at the highest price at most', () => {
    const { gas, fee, maxFee } = deliveryCost(marketAt(33n * GWEI, 100n * GWEI), message, proof)
    expect([gas, fee, maxFee]).toEqual([callGas, BigInt(callGas) * 33n * GWEI, BigInt(callGas) * 100n * GWEI])
  })

  it('counts the headers that were handed in for it, and keeps a bond apart, which comes back', () => {
    // Handed in when gas cost three gwei less.
    const headers = { gas: 300_000, fee: 300_000n * 8n * GWEI, maxFee: 300_000n * 90n * GWEI }
    const cost = deliveryCost(marketAt(11n * GWEI, 100n * GWEI), message, proof, { headers, bond: 5n * GWEI })
    expect(cost).toEqual({
      gas: callGas + 300_000,
      headerGas: 300_000,
      fee: BigInt(callGas) * 11n * GWEI + 300_000n * 8n * GWEI,
      maxFee: BigInt(callGas) * 100n * GWEI + 300_000n * 90n * GWEI,
      bond: 5n * GWEI,
    })
  })
})
