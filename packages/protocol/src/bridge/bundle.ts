// What an optimistic bridge claims in one go: a bundle of messages to one chain, as lanes (who sent them, from which
// number to which), how many they are, and the root of a Merkle tree over their digests in that order, depth 32, as that
// of an outbox. Whoever follows the source chains can make the same tree. Sources: Across HubPool (root bundles,
// UMIP-179), Nomad (updates and their fraud window).
import type { Address, ChainId } from '@solvent/primitives'

/** Messages of one emitter on one chain, those to the bundle's chain, by number, `from` and `to` included. */
export interface MessageLane {
  readonly srcChainId: ChainId
  readonly emitter: Address
  readonly from: number
  readonly to: number
}

/** Messages of a bundle at most. */
export const MAX_BUNDLE_MESSAGES = 4_096
/** Lanes of a bundle at most. */
export const MAX_BUNDLE_LANES = 64
