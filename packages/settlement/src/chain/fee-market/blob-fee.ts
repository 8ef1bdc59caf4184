// What a blob costs: EIP-4844's fee, an exponential of the blob gas that blocks have used above the target since the fee
// was lowest. Fees in wei per blob gas.
import { type BlobMarket, GAS_PER_BLOB } from '@solvent/protocol'

/** MIN_BASE_FEE_PER_BLOB_GAS. */
const MIN_BLOB_BASE_FEE = 1n

/**
 * factor · e^(numerator / denominator) by Taylor expansion in integers, as EIP-4844 defines it.
 *
 * @example fakeExponential(1n, 2n, 1n) // 6n, for 7.389
 */
export function fakeExponential(factor: bigint, numerator: bigint, denominator: bigint): bigint {
  let sum = 0n
  let term = factor * denominator
  for (let i = 1n; term > 0n; i++) {
    sum += term
    term = (term * numerator) / (denominator * i)
  }
  return sum / denominator
}

/** The fee computed last: an excess that stands still is asked for at every block, and the series has a hundred terms. */
let latest = { updateFraction: 0, excess: -1, fee: MIN_BLOB_BASE_FEE }

/** The blob base fee at an excess of blob gas. */
export function blobBaseFee({ updateFraction }: Pick<BlobMarket, 'updateFraction'>, excess: number): bigint {
  if (latest.excess === excess && latest.updateFraction === updateFraction) return latest.fee
  const fee = fakeExponential(MIN_BLOB_BASE_FEE, BigInt(excess), BigInt(updateFraction))
  latest = { updateFraction, excess, fee }
  return fee
}

/** The excess of a block whose parent had `excess` and used `blobGasUsed`. */
export function nextExcess({ targetBlobs }: BlobMarket, excess: number, blobGasUsed: number): number {
  return Math.max(0, excess + blobGasUsed - targetBlobs * GAS_PER_BLOB)
}

/** Blobs that others want at a price: each block they spend the same, whole blobs, at most what a block may have. */
export function blobDemand(market: BlobMarket, price: bigint, percent: number): number {
  const { targetBlobs, maxBlobs, equilibriumBlobBaseFee } = market
  const wanted = (BigInt(targetBlobs) * equilibriumBlobBaseFee * BigInt(percent)) / (100n * price)
  return wanted < BigInt(maxBlobs) ? Number(wanted) : maxBlobs
}

/** The most excess, in whole blobs, at which the fee is not above `fee`: where a chain begins that has had it for long. */
export function excessOfFee({ updateFraction }: Pick<BlobMarket, 'updateFraction'>, fee: bigint): number {
  let blobs = 0
  while (blobBaseFee({ updateFraction }, (blobs + 1) * GAS_PER_BLOB) <= fee) blobs++
  return blobs * GAS_PER_BLOB
}
