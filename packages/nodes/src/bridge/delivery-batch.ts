// Deliveries that go together: those whose proofs are ready, of one lane and on one word, as many as one transaction carries.
import { encodeCanonical, hashCanonical } from '@solvent/primitives'
import { type Call, MAX_DELIVERIES, maxBytesByType, messageDigest } from '@solvent/protocol'
import { gasOfCall, joinDeliveries, type SingleDelivery } from '@solvent/settlement'
import type { DeliveryCost } from './attestation-source.ts'
import type { DeliveryMarket } from './delivery-cost.ts'

/** How a relayer puts messages together. */
export interface BatchTerms {
  /** Messages of a transaction at most, 1 to 48; 1: each goes by itself. */
  readonly most: number
  /** How long a message whose proof is ready waits for others, ms of the node's clock. */
  readonly waitMs: number
}

export const NO_BATCHES: BatchTerms = { most: 1, waitMs: 0 }

/** A delivery that could be handed in now, and what it costs by itself. */
export interface ReadyDelivery extends SingleDelivery {
  readonly cost: DeliveryCost
}

export type BatchCall = Extract<Call, { kind: 'deliver-batch' }>

/** Bytes of a transaction beyond its call: fees, nonce, signature, envelope. */
const ENVELOPE_BYTES = 512

/**
 * As many of them, from the first on, as one transaction carries.
 *
 * @param together of one batch key; at least one
 */
export function thatFit<T extends SingleDelivery>(together: readonly T[]): readonly T[] {
  const room = maxBytesByType.transaction - ENVELOPE_BYTES
  let fitting = together.slice(0, MAX_DELIVERIES)
  while (fitting.length > 1) {
    const bytes = encodeCanonical(joinDeliveries(fitting)).length
    if (bytes <= room) break
    fitting = fitting.slice(0, Math.max(1, Math.floor((fitting.length * room) / bytes)))
  }
  return fitting
}

/** Names a batch by what it carries: another choice of messages is another transaction. */
export function nameOfBatch({ messages }: BatchCall): string {
  return hashCanonical(messages.map((message) => messageDigest(message)))
}

/** What a batch costs: what its messages cost by themselves, less the gas that they save. */
export function costOfBatch(
  market: DeliveryMarket,
  call: BatchCall,
  singles: readonly DeliveryCost[],
): Omit<DeliveryCost, 'bond'> {
  const { perGas, mostPerGas } = market.gasQuote(
    (call.messages[0] as BatchCall['messages'][number]).dstChainId,
  )
  let [gas, headerGas, fee, maxFee] = [0, 0, 0n, 0n]
  for (const single of singles) {
    gas += single.gas
    headerGas += single.headerGas
    fee += single.fee
    maxFee += single.maxFee
  }
  const saved = gas - headerGas - gasOfCall(call)
  return {
    gas: gas - saved,
    headerGas,
    fee: fee - BigInt(saved) * perGas,
    maxFee: maxFee - BigInt(saved) * mostPerGas,
  }
}
