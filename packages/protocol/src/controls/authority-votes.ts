// How many votes members of an authority have together. Source: OpenZeppelin contracts, GovernorVotes.sol (a vote weighs what the voter
// holds when votes begin; here it is fixed for the run).
import type { Address } from '@solvent/primitives'
import type { AuthoritySpec } from './authority-spec.ts'

/** Strangers have none. */
export function votesOf(
  { members, weights }: Pick<AuthoritySpec, 'members' | 'weights'>,
  voters: readonly Address[],
): number {
  return members.reduce(
    (sum, { address }, index) => sum + (voters.includes(address) ? (weights?.[index] ?? 1) : 0),
    0,
  )
}
