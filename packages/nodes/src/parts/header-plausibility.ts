// What anyone can see of a header without its body: that it could be a block of its chain at all.
import type { BlockHeader, ChainSpec, NetworkSpec } from '@solvent/protocol'
import { timestampOf } from '@solvent/settlement'

/** Why the header cannot be one of this chain, or null. Its signature has been verified at the door. */
export function implausible(spec: NetworkSpec, chain: ChainSpec, header: BlockHeader): string | null {
  if (!Number.isSafeInteger(header.number) || header.number < 1) return 'block-number'
  if (header.emptyBefore < 0 || header.emptyBefore >= header.number) return 'empty-before'
  if (header.timestamp !== timestampOf(spec, chain, header.number)) return 'timestamp'
  if (header.gasUsed < 0 || header.gasUsed > chain.gasLimit) return 'gas-used'
  if (header.baseFee !== chain.baseFee) return 'base-fee'
  if (!chain.producers.some((producer) => producer.address === header.producer)) return 'producer'
  return null
}
