// When a measure may be enacted. Source: OpenZeppelin contracts, Governor.sol (votingDelay, quorum) and TimelockController.sol
// (getMinDelay): votes from a delay on, and another delay after they are enough.
import type { AuthoritySpec } from '@solvent/protocol'
import type { Proposal } from '../control-state.ts'

/** Unix seconds; null while votes are missing. The proposer's own vote counts from when votes are taken. */
export function measureDueAt(
  { votableAt, carriedAt }: Pick<Proposal, 'votableAt' | 'carriedAt'>,
  { executionDelaySeconds }: Pick<AuthoritySpec, 'executionDelaySeconds'>,
): number | null {
  return carriedAt === null ? null : Math.max(votableAt, carriedAt) + executionDelaySeconds
}
