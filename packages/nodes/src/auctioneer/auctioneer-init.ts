// What an auctioneer is made from, and the ports it uses.
import type { Ports } from '@solvent/ports'
import type { NodeId } from '@solvent/primitives'
import type { NetworkSpec, SolventVocabulary } from '@solvent/protocol'
import type { HouseDiscipline } from './house-disciplines.ts'

/** Plain data that an auctioneer is made from. */
export interface AuctioneerInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
  /** What it goes by when it takes bids; none: it takes everybody's, and follows no chain. */
  readonly disciplines?: readonly HouseDiscipline[]
}

export type AuctioneerPorts = Pick<
  Ports<SolventVocabulary>,
  'clock' | 'timers' | 'rng' | 'transport' | 'signer' | 'store' | 'log' | 'meter'
>
