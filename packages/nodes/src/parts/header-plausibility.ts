// What anyone can see of a header without its body: that it could be a block of its chain at all.
import type { BlockHeader, ChainSpec, NetworkSpec } from '@solvent/protocol'
import { declaredDemands, lowestBaseFee, timestampOf } from '@solvent/settlement'

/** Why the header cannot be one of this chain, or null. Its signature has been verified at the door. */
export function implausible(spec: NetworkSpec, chain: ChainSpec, header: BlockHeader): string | null {
  if (!Number.isSafeInteger(header.number) || header.number < 1) return 'block-number'
  if (header.emptyBefore < 0 || header.emptyBefore >= header.number) return 'empty-before'
  if (header.timestamp !== timestampOf(spec, chain, header.number)) return 'timestamp'
  const { gasUsed, baseFee, market } = header
  if (gasUsed < 0 || market.backgroundGas < 0 || gasUsed + market.backgroundGas > chain.gasLimit)
    return 'gas-used'
  if (chain.feeMarket === undefined ? baseFee !== chain.baseFee : baseFee < lowestBaseFee(chain))
    return 'base-fee'
  if (declaredDemands(header) === 'bad-demand') return 'demand'
  if (!chain.producers.some((producer) => producer.address === header.producer)) return 'producer'
  return null
}
