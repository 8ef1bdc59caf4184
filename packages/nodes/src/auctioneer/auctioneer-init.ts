// What an auctioneer is made from, and the ports it uses.
import type { Ports } from '@solvent/ports'
import type { NodeId } from '@solvent/primitives'
import type { NetworkSpec, SolventVocabulary } from '@solvent/protocol'

/** Plain data that an auctioneer is made from. */
export interface AuctioneerInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
}

export type AuctioneerPorts = Pick<
  Ports<SolventVocabulary>,
  'clock' | 'timers' | 'transport' | 'signer' | 'store' | 'log' | 'meter'
>
