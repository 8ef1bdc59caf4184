import { asChainId } from '@solvent/primitives'
import type { BridgeMessage, MessageProof } from '@solvent/protocol'
import { gasOfCall } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import { L1, smallNetwork as spec, tokens, weakBridge } from '../testing/small-network.ts'
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
const headAt = (baseFee: bigint | null): DeliveryMarket['view'] => ({
  head: (chainId) =>
    (chainId === L1 && baseFee !== null ? { header: { baseFee } } : undefined) as ReturnType<
      DeliveryMarket['view']['head']
    >,
})

describe('what a delivery costs', () => {
  it('is its gas at the base fee of the newest followed block of its destination, and a tenth more', () => {
    const { gas, fee } = deliveryCost({ spec, view: headAt(30n * GWEI) }, message, proof)
    expect(gas).toBe(callGas)
    expect(fee).toBe(BigInt(callGas) * 33n * GWEI)
  })

  it('is reckoned with the base fee of genesis before the first block', () => {
    const { baseFee } = spec.chains.find(({ chainId }) => chainId === L1)!
    const { fee } = deliveryCost({ spec, view: headAt(null) }, message, proof)
    expect(fee).toBe(BigInt(callGas) * (baseFee + baseFee / 10n))
  })

  it('counts the headers that were handed in for it, and keeps a bond apart, which comes back', () => {
    const market = { spec, view: headAt(10n * GWEI) }
    // Handed in when gas cost three gwei less.
    const headers = { gas: 300_000, fee: 300_000n * 8n * GWEI }
    const cost = deliveryCost(market, message, proof, { headers, bond: 5n * GWEI })
    expect(cost).toEqual({
      gas: callGas + 300_000,
      headerGas: 300_000,
      fee: BigInt(callGas) * 11n * GWEI + 300_000n * 8n * GWEI,
      bond: 5n * GWEI,
    })
  })
})
