// The entry points of authorities: members, or holders of a token, propose and vote, anyone enacts what is due. A measure that is due at once is enacted in
// the transaction that made it so: an issuer of one member and no delay acts in one block.
import { minBig } from '@solvent/primitives'
import { type AuthorityCall, type Measure, NO_VOTES, votesOf } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../../execution/call-context.ts'
import type { Authority, Proposal } from '../control-state.ts'
import { setTerms } from './set-terms.ts'

type Ask<K extends AuthorityCall['kind']> = Extract<AuthorityCall, { kind: K }>

export function runAuthorityCall(context: CallContext, call: AuthorityCall): CallResult {
  const authority = context.state.controls.authorities.get(call.authority)
  if (authority === undefined) return 'unknown-authority'
  switch (call.kind) {
    case 'propose-measure':
      return propose(context, authority, call)
    case 'vote-measure':
      return vote(context, authority, call)
    case 'enact-measure':
      return enactWhenDue(context, authority, call.proposal, 'too-early')
  }
}

function propose(
  context: CallContext,
  authority: Authority,
  { measure }: Ask<'propose-measure'>,
): CallResult {
  const { spec, count, proposals } = authority
  const { now, sender, rules, events } = context
  if (!mayPropose(context, authority) || !rules.reaches(spec, measure)) return 'not-authorised'
  const proposal = count.get()
  count.set(proposal + 1)
  const votableAt = now + spec.votingDelaySeconds
  const { tokenVote } = spec
  proposals.set(proposal, {
    ...{ measure, votableAt, tally: NO_VOTES, isEnacted: false },
    votes: tokenVote === undefined ? [sender] : [],
    carriedAt: tokenVote === undefined && votesOf(spec, [sender]) >= spec.quorum ? now : null,
  })
  if (tokenVote !== undefined) authority.power?.needed(votableAt + tokenVote.votingPeriodSeconds)
  events.push({
    ...{ kind: 'measure-proposed', authority: spec.address, proposal },
    ...{ member: sender, measure },
  })
  return enactWhenDue(context, authority, proposal, null)
}

function vote(context: CallContext, authority: Authority, call: Ask<'vote-measure'>): CallResult {
  const { spec, proposals } = authority
  const { now, sender, events } = context
  const { proposal: number } = call
  const proposal = proposals.get(number)
  if (proposal === undefined) return 'unknown-proposal'
  if (authority.power !== null) return holderVotes(context, authority, { ...call, ...proposal })
  // Who is against does not vote.
  if (call.support === 'against') return 'not-authorised'
  if (!isMember(authority, sender)) return 'not-authorised'
  if (proposal.isEnacted) return 'already-enacted'
  if (proposal.votes.includes(sender)) return 'already-voted'
  if (now < proposal.votableAt) return 'too-early'
  const votes = [...proposal.votes, sender]
  const carriedAt = proposal.carriedAt ?? (votesOf(spec, votes) >= spec.quorum ? now : null)
  proposals.set(number, { ...proposal, votes, carriedAt })
  events.push({ kind: 'measure-voted', authority: spec.address, proposal: number, member: sender })
  return enactWhenDue(context, authority, number, null)
}

/** A holder casts what it held before votes began, once. */
function holderVotes(
  context: CallContext,
  { spec, proposals, power }: Authority,
  { proposal: number, support = 'for', ...ballot }: Ask<'vote-measure'> & Proposal,
): CallResult {
  const { now, sender, events } = context
  const { votableAt, tally } = ballot
  if (now < votableAt) return 'too-early'
  if (now >= votableAt + spec.tokenVote!.votingPeriodSeconds) return 'voting-closed'
  if (ballot.votes.includes(sender)) return 'already-voted'
  const votes = context.rules.votePower(power!, context, votableAt)
  if (votes === 0n) return 'not-authorised'
  const { measure, carriedAt, isEnacted } = ballot
  proposals.set(number, {
    ...{ measure, votableAt, carriedAt, isEnacted },
    votes: [...ballot.votes, sender],
    tally: { ...tally, [support]: tally[support] + votes },
  })
  events.push({
    ...{ kind: 'measure-voted', authority: spec.address, proposal: number, member: sender },
    cast: { support, votes },
  })
  return null
}

/** @param otherwise the result when it is not due */
function enactWhenDue(
  context: CallContext,
  authority: Authority,
  number: number,
  otherwise: CallResult,
): CallResult {
  const { spec, proposals } = authority
  const proposal: Proposal | undefined = proposals.get(number)
  if (proposal === undefined) return 'unknown-proposal'
  if (proposal.isEnacted) return 'already-enacted'
  const dueAt = context.rules.measureDueAt(proposal, spec)
  const closesAt = proposal.votableAt + (spec.tokenVote?.votingPeriodSeconds ?? Number.POSITIVE_INFINITY)
  if (dueAt === null && context.now >= closesAt) return 'defeated'
  if (dueAt === null || context.now < dueAt) return otherwise
  proposals.set(number, { ...proposal, isEnacted: true })
  const { measure } = proposal
  context.events.push({ kind: 'measure-enacted', authority: spec.address, proposal: number, measure })
  return carryOut(context, authority, measure)
}

function carryOut(context: CallContext, authority: Authority, measure: Measure): CallResult {
  const { restrictions } = context.state.controls
  switch (measure.kind) {
    case 'set-terms':
      return setTerms(context, authority, measure)
    case 'freeze':
    case 'unfreeze':
      restrictions.set(measure.kind === 'freeze', measure.token, measure.account)
      return null
    case 'halt':
    case 'resume':
      restrictions.set(measure.kind === 'halt', measure.token)
      return null
    case 'claw-back':
      return clawBack(context, measure)
  }
}

function clawBack(
  { state, index }: CallContext,
  { token, account, amount, to }: Extract<Measure, { kind: 'claw-back' }>,
): CallResult {
  if (index.isProtected(account) || index.isProtected(to)) return 'not-authorised'
  const taken = minBig(amount, state.ledger.balance(state.kindOf(account), account, token))
  if (taken <= 0n || account === to) return 'zero-amount'
  const legs = [holderLeg(state, account, token, -taken), holderLeg(state, to, token, taken)]
  return state.ledger.post('claw-back', legs) ? null : 'insufficient-balance'
}

function mayPropose({ state, sender }: CallContext, authority: Authority): boolean {
  const { tokenVote } = authority.spec
  if (tokenVote === undefined) return isMember(authority, sender)
  const { token, proposalThreshold } = tokenVote
  return state.ledger.balance(state.kindOf(sender), sender, token) >= proposalThreshold
}

function isMember({ spec }: Authority, address: string): boolean {
  return spec.members.some((member) => member.address === address)
}
