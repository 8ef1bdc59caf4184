// Who opens sealed bids: a committee of auctioneers, of which as many as the threshold must give their shares.
import type { NodeId } from '@solvent/primitives'

export interface SealCommittee {
  /** In the order of their shares: the first holds share 1. */
  readonly members: readonly NodeId[]
  readonly threshold: number
}
