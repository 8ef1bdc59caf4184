// What an auctioneer is made from, and the ports it uses.
import type { Ports } from '@solvent/ports'
import type { NodeId } from '@solvent/primitives'
import type { NetworkSpec, PriceBook, SolventVocabulary } from '@solvent/protocol'
import type { BondTerms } from './bond-terms.ts'
import type { HouseDiscipline } from './house-disciplines.ts'
import type { RewardTerms } from './reward-terms.ts'

/** Plain data that an auctioneer is made from. */
export interface AuctioneerInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
  /** What it goes by when it takes bids; none: it takes everybody's, and follows no chain. */
  readonly disciplines?: readonly HouseDiscipline[]
  /** How much their record counts where solvers are selected by it, ppm; all of it by default. */
  readonly recordPpm?: number
  /** Its shield leaks: of this share of the orders it tells these solvers what others have bid. */
  readonly leak?: { readonly ppm: number; readonly to: readonly NodeId[] }
  /** Members of the committee, this one among them, that give each other their shares before the close. */
  readonly accomplices?: readonly NodeId[]
  /** What batches are scored with. */
  readonly prices?: PriceBook
  /** What solvers must have at stake with it; none: nothing. */
  readonly bonds?: BondTerms
  /** What it pays the winners of batches; none: nothing. */
  readonly rewards?: RewardTerms
}

export type AuctioneerPorts = Pick<
  Ports<SolventVocabulary>,
  'clock' | 'timers' | 'rng' | 'transport' | 'signer' | 'store' | 'log' | 'meter'
>
