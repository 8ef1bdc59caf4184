// The base fee of a block from its parent: the integer rule of EIP-1559 ("Specification", `expected_base_fee_per_gas`),
// with elasticity and denominator as parameters (8 and 2 on Ethereum, 250 and 6 on OP Stack chains) and a floor, as
// Arbitrum and OP Stack chains have one. Fees in wei per gas.
import type { ChainSpec, FeeMarket } from '@solvent/protocol'

/** Gas at which the base fee stays where it is. */
export function gasTargetOf({ gasLimit }: Pick<ChainSpec, 'gasLimit'>, { elasticity }: FeeMarket): bigint {
  return BigInt(gasLimit) / BigInt(elasticity)
}

/**
 * The base fee after a block.
 *
 * @example nextBaseFee(market, 15_000_000n, 1_000_000_000n, 30_000_000n) // 1_125_000_000n: a full block, target 15 M
 */
export function nextBaseFee(
  { denominator, minBaseFee }: FeeMarket,
  gasTarget: bigint,
  baseFee: bigint,
  gasUsed: bigint,
): bigint {
  const fee = moved(BigInt(denominator), gasTarget, baseFee, gasUsed)
  return fee < minBaseFee ? minBaseFee : fee
}

function moved(denominator: bigint, gasTarget: bigint, baseFee: bigint, gasUsed: bigint): bigint {
  if (gasUsed === gasTarget) return baseFee
  if (gasUsed > gasTarget) {
    const rise = (baseFee * (gasUsed - gasTarget)) / gasTarget / denominator
    return baseFee + (rise > 1n ? rise : 1n)
  }
  return baseFee - (baseFee * (gasTarget - gasUsed)) / gasTarget / denominator
}

/** No block of the chain has a lower base fee: an offer below it can wait for ever. */
export function lowestBaseFee({ feeMarket, baseFee }: ChainSpec): bigint {
  if (feeMarket === undefined) return baseFee
  return feeMarket.minBaseFee
}

/** Whether anything of the chain has a price that moves. */
export function hasMarket({ feeMarket, blobMarket }: ChainSpec): boolean {
  return feeMarket !== undefined || blobMarket !== undefined
}
