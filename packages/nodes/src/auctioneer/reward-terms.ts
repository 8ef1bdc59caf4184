// What an auctioneer pays the winners of batches.
import type { ChainId } from '@solvent/primitives'

/** What a deployment sets: CoW has a cap of half the fee and a floor of 0.010 ETH on mainnet. */
export interface RewardTerms {
  /** Where it is paid, in the gas asset. */
  readonly chainId: ChainId
  /** The protocol's fee, as a share of the score: it caps the reward. */
  readonly feeBps: number
  readonly capBps: number
  /** Who pays the fee; what winners leave unpaid is netted with their rewards. Absent: nobody does. */
  readonly feesPaidBy?: 'winners'
  /** The most that a solver can lose by a batch, numeraire times 10^8. */
  readonly mostPenaltyE8: bigint
  /** How often what caps have left is shared by consistency; absent: never. CoW: a week. */
  readonly consistencySeconds?: number
}
