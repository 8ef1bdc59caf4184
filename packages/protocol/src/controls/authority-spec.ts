// An authority: a contract whose members decide on terms of lending pools and on who may move a token: a protocol's governance, an
// autonomous agent, an issuer, a council, a jurisdiction. They differ in how many have to agree, how long it takes, and how far it reaches.
import type { Address, ChainId } from '@solvent/primitives'
import type { Party } from '../network/party.ts'
import type { TokenPower } from './measure.ts'

export interface AuthoritySpec {
  readonly name: string
  readonly address: Address
  readonly chainId: ChainId
  readonly members: readonly Party[]
  /** Votes of each member, in their order; left out: one each. */
  readonly weights?: readonly number[]
  /** Votes of members that carry a measure; the proposer's count. */
  readonly quorum: number
  /** Left out: members alone propose and vote. */
  readonly tokenVote?: TokenVote | undefined
  /** From the proposal until votes are taken. */
  readonly votingDelaySeconds: number
  /** From when a measure is carried until it may be enacted. */
  readonly executionDelaySeconds: number
  /** Lending pools whose terms it may set. */
  readonly pools: readonly Address[]
  /** How far at once, and how often; null: as it likes. */
  readonly bounds: TermsBounds | null
  readonly tokens: readonly TokenReach[]
}

/**
 * Whoever holds a token proposes and votes, for and against; members are holders like others. Source: Compound, GovernorBravoDelegate.sol
 * (proposal threshold, voting delay and period, quorum of votes for); OpenZeppelin contracts, GovernorVotes.sol (power at a snapshot).
 */
export interface TokenVote {
  readonly token: Address
  /** Base units that a proposer has to hold. */
  readonly proposalThreshold: bigint
  /** Votes for a measure that carry it when votes end, if there are fewer against. */
  readonly quorum: bigint
  readonly votingPeriodSeconds: number
}

export interface TermsBounds {
  /** A loan-to-value or threshold moves by so much at most. */
  readonly maxStepBps: bigint
  /** Between two changes of one reserve. */
  readonly minIntervalSeconds: number
}

export interface TokenReach {
  readonly token: Address
  readonly powers: readonly TokenPower[]
  /** Within whose reach accounts are; null: everybody's. */
  readonly accounts: readonly Address[] | null
}
