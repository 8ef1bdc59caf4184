// What G-3 asks where holders of a token vote: who may propose, how many votes an account has, and when the votes of the whole period
// carry a measure. Source: Compound, GovernorBravoDelegate.sol; OpenZeppelin contracts, GovernorVotes.sol.
import type { Address } from '@solvent/primitives'
import type { AuthoritySpec, ChainEvent } from '@solvent/protocol'
import type { Scope } from './chain-record.ts'
import type { VoteHoldings } from './vote-holdings.ts'

type Vote = Extract<ChainEvent, { kind: 'measure-voted' }>

export interface HolderVote {
  readonly voters: readonly Address[]
  readonly opensAt: number
  readonly inFavour: bigint
  readonly against: bigint
}

type HolderAuthority = AuthoritySpec & { readonly tokenVote: NonNullable<AuthoritySpec['tokenVote']> }

export function isHolderAuthority(spec: AuthoritySpec): spec is HolderAuthority {
  return spec.tokenVote !== undefined
}

/** Null when whoever proposes may. */
export function proposerProblem(
  { tokenVote: { token, proposalThreshold } }: HolderAuthority,
  { chain, transaction }: Scope,
  holdings: VoteHoldings,
): string | null {
  const held = transaction === null ? 0n : holdings.now(chain.book, transaction.from, token)
  return held < proposalThreshold ? `holds ${held}, and a proposer needs ${proposalThreshold}` : null
}

/** Null when a vote counts as it says. */
export function voteProblem(
  { tokenVote: { token, votingPeriodSeconds } }: HolderAuthority,
  { opensAt, voters }: HolderVote,
  { member, cast }: Vote,
  { scope, holdings }: { readonly scope: Scope; readonly holdings: VoteHoldings },
): string | null {
  const { chain, timestamp } = scope
  if (timestamp < opensAt) return `before ${opensAt}`
  if (timestamp >= opensAt + votingPeriodSeconds) return `after ${opensAt + votingPeriodSeconds}`
  if (voters.includes(member)) return 'who has voted'
  const had = holdings.before(opensAt, chain.book, { chainId: chain.chainId, owner: member, token })
  if (cast === undefined || had === 0n) return 'without votes'
  return cast.votes === had ? null : `with ${cast.votes} votes, and it held ${had} when votes began`
}

/** With a vote that has been cast. */
export function withVote<Ballot extends HolderVote>(ballot: Ballot, { member, cast }: Vote): Ballot {
  const { support, votes } = cast ?? { support: 'for', votes: 0n }
  return {
    ...ballot,
    voters: [...ballot.voters, member],
    inFavour: ballot.inFavour + (support === 'for' ? votes : 0n),
    against: ballot.against + (support === 'against' ? votes : 0n),
  }
}

/** Null while the votes do not carry it. */
export function carriedDueAt(
  { tokenVote, executionDelaySeconds }: HolderAuthority,
  { opensAt, inFavour, against }: HolderVote,
): number | null {
  if (inFavour < tokenVote.quorum || inFavour <= against) return null
  return opensAt + tokenVote.votingPeriodSeconds + executionDelaySeconds
}
