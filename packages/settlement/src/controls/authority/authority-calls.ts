// The entry points of authorities: members propose and vote, anyone enacts what is due. A measure that is due at once is enacted in
// the transaction that made it so: an issuer of one member and no delay acts in one block.
import { minBig } from '@solvent/primitives'
import { type AuthorityCall, type Measure, votesOf } from '@solvent/protocol'
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
  if (!isMember(authority, sender) || !rules.reaches(spec, measure)) return 'not-authorised'
  const proposal = count.get()
  count.set(proposal + 1)
  proposals.set(proposal, {
    measure,
    votes: [sender],
    votableAt: now + spec.votingDelaySeconds,
    carriedAt: votesOf(spec, [sender]) >= spec.quorum ? now : null,
    isEnacted: false,
  })
  events.push({
    ...{ kind: 'measure-proposed', authority: spec.address, proposal },
    ...{ member: sender, measure },
  })
  return enactWhenDue(context, authority, proposal, null)
}

function vote(
  context: CallContext,
  authority: Authority,
  { proposal: number }: Ask<'vote-measure'>,
): CallResult {
  const { spec, proposals } = authority
  const { now, sender, events } = context
  const proposal = proposals.get(number)
  if (proposal === undefined) return 'unknown-proposal'
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

function isMember({ spec }: Authority, address: string): boolean {
  return spec.members.some((member) => member.address === address)
}
