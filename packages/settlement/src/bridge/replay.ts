// Each message is delivered at most once, on its own chain, with one content (S-5).
import type { ChainId, Hash32 } from '@solvent/primitives'

/** `new`: deliver it. `replay`: this very message has been delivered. `conflict`: its key carried another digest. */
export type Delivery = 'new' | 'replay' | 'conflict'

/** What a message is, given the digest that its key was delivered with before, if any. */
export function deliveryOf(known: Hash32 | undefined, digest: Hash32): Delivery {
  if (known === undefined) return 'new'
  return known === digest ? 'replay' : 'conflict'
}

/** A message counts only on the chain it names. */
export function deliveredHere(dstChainId: ChainId, chainId: ChainId): boolean {
  return dstChainId === chainId
}
