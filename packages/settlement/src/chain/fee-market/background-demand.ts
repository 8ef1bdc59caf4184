// Everybody else on a chain: each block they are willing to spend the same amount on gas, whatever its price, so the gas
// of those who value it at `price` or more is target · equilibrium / price (a demand of elasticity −1). At the
// equilibrium fee they fill the target; k times the demand has k times the equilibrium fee. They bid what gas is worth to
// them, so at a base fee b and a tip t, those who come first are the ones who value gas above b + t.
import type { BlockHeader, ChainSpec } from '@solvent/protocol'
import { gasTargetOf } from './base-fee.ts'

const PERCENT = 100n

/** Gas that others want at a price (wei per gas) when demand is at `percent` of its ordinary strength; at most the gas limit. */
export function backgroundDemand(chain: ChainSpec, price: bigint, percent: number): number {
  const { feeMarket, gasLimit } = chain
  if (feeMarket === undefined || feeMarket.equilibriumBaseFee === 0n) return 0
  const spent = gasTargetOf(chain, feeMarket) * feeMarket.equilibriumBaseFee * BigInt(percent)
  if (price === 0n) return spent > 0n ? gasLimit : 0
  const gas = spent / (PERCENT * price)
  return gas < BigInt(gasLimit) ? Number(gas) : gasLimit
}

/** What the least of the others paid in a block that was full; 0 when it had room, for whoever wanted it had it. */
export function marginalPrice(
  chain: ChainSpec,
  { gasUsed, market }: Pick<BlockHeader, 'gasUsed' | 'market'>,
): bigint {
  const { feeMarket, gasLimit } = chain
  const { backgroundGas, demandPercent } = market
  if (feeMarket === undefined || backgroundGas === 0 || gasUsed + backgroundGas < gasLimit) return 0n
  const spent = gasTargetOf(chain, feeMarket) * feeMarket.equilibriumBaseFee * BigInt(demandPercent)
  return spent / (PERCENT * BigInt(backgroundGas))
}
