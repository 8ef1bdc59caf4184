// What an L1's blobs must cost, computed from its parameters and the parent's header alone. Sources: EIP-4844, EIP-7691.
// Wei per blob gas.
import { type BlobMarket, GAS_PER_BLOB } from '@solvent/protocol'
import type { FeeParent } from './fee-parent.ts'

/** Excess blob gas of block `number` after `parent` and empty slots. */
export function expectedExcess(market: BlobMarket, parent: FeeParent, number: number): number {
  const target = market.targetBlobs * GAS_PER_BLOB
  const { excessBlobGas, blobGasUsed, blobDemandUntil, blobDemandPercent } = parent.market
  let excess = Math.max(excessBlobGas + blobGasUsed - target, 0)
  for (let slot = parent.number + 1; slot < number; slot++) {
    const isRush = slot < blobDemandUntil
    const posted = othersPost(market, excess, isRush ? BigInt(blobDemandPercent) : 100n) * GAS_PER_BLOB
    const next = Math.max(excess + posted - target, 0)
    if (next === excess && !isRush) return excess
    if (next === excess) slot = Math.min(blobDemandUntil, number) - 1
    excess = next
  }
  return excess
}

/** Blobs that others post at an excess, at most a block's. */
export function othersPost(market: BlobMarket, excess: number, percent: bigint): number {
  const budget = BigInt(market.targetBlobs) * market.equilibriumBlobBaseFee * percent
  const wanted = Number(budget / (100n * blobFee(market, excess)))
  return Math.min(wanted, market.maxBlobs)
}

/** e^(excess / fraction) in integers: the sum of excess^i / (fraction^i · i!), each term rounded down (EIP-4844). */
export function blobFee({ updateFraction }: BlobMarket, excess: number): bigint {
  const fraction = BigInt(updateFraction)
  let term = fraction
  let total = 0n
  let i = 0n
  while (term > 0n) {
    total += term
    i += 1n
    term = (term * BigInt(excess)) / (fraction * i)
  }
  return total / fraction
}
