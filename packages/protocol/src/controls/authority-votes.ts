// How many votes there are for a measure: of members, whose weights are fixed for the run, or of holders of a token. Sources: OpenZeppelin
// contracts, GovernorVotes.sol; Compound, GovernorBravoDelegate.sol (state: more for than against, and as many for as the quorum).
import type { Address } from '@solvent/primitives'
import type { AuthoritySpec, TokenVote } from './authority-spec.ts'

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

/** Votes of holders of a token. */
export interface VoteTally {
  readonly for: bigint
  readonly against: bigint
}

export const NO_VOTES: VoteTally = { for: 0n, against: 0n }

export const voteSupports = ['for', 'against'] as const
export type VoteSupport = (typeof voteSupports)[number]

/** With these votes when votes end. */
export function isCarried(tally: VoteTally, { quorum }: Pick<TokenVote, 'quorum'>): boolean {
  return tally.for >= quorum && tally.for > tally.against
}
