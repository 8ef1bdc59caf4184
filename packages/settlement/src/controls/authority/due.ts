// When a measure may be enacted. Source: OpenZeppelin contracts, Governor.sol (votingDelay, quorum) and TimelockController.sol
// (getMinDelay): votes from a delay on, and another delay after they are enough.
import { type AuthoritySpec, isCarried } from '@solvent/protocol'
import type { Proposal } from '../control-state.ts'

/**
 * Unix seconds; null while votes are missing. The proposer's own vote counts from when votes are taken. Where holders of a token vote, the
 * votes of the whole period decide.
 */
export function measureDueAt(
  { votableAt, carriedAt, tally }: Pick<Proposal, 'votableAt' | 'carriedAt' | 'tally'>,
  { executionDelaySeconds, tokenVote }: Pick<AuthoritySpec, 'executionDelaySeconds' | 'tokenVote'>,
): number | null {
  if (tokenVote === undefined)
    return carriedAt === null ? null : Math.max(votableAt, carriedAt) + executionDelaySeconds
  return isCarried(tally, tokenVote)
    ? votableAt + tokenVote.votingPeriodSeconds + executionDelaySeconds
    : null
}
