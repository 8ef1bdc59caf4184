// Authorities, G-3: measures are proposed and voted for by members, or by holders of a token, enacted once, after the votes and delays,
// within reach. All of it from events, against the specification. What is halted or frozen: hold-rules.ts; terms: terms-rules.ts.
import type { Address } from '@solvent/primitives'
import type { AuthoritySpec, ChainEvent, Measure, Transaction } from '@solvent/protocol'
import type { NetworkIndex, Scope } from './chain-record.ts'
import { WriteLog } from './credit-undo.ts'
import { HoldRules } from './hold-rules.ts'
import type { Tally } from './tally.ts'
import { TermsRules } from './terms-rules.ts'
import {
  carriedDueAt,
  type HolderVote,
  isHolderAuthority,
  proposerProblem,
  voteProblem,
  withVote,
} from './token-vote.ts'
import { VoteHoldings } from './vote-holdings.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>

interface Ballot extends HolderVote {
  readonly measure: Measure
  /** Of the vote that made the quorum. */
  readonly carriedAt: number | null
  readonly isEnacted: boolean
}

interface Authority {
  readonly spec: AuthoritySpec
  readonly ballots: Ballot[]
}

export class AuthorityRules {
  readonly #tally: Tally
  readonly #authorities = new Map<Address, Authority>()
  readonly #terms: TermsRules
  readonly #holds: HoldRules
  readonly #log = new WriteLog()
  readonly #holdings: VoteHoldings

  constructor(tally: Tally, { spec }: NetworkIndex) {
    this.#tally = tally
    this.#holds = new HoldRules(tally, this.#log)
    this.#terms = new TermsRules(tally, spec, this.#log)
    this.#holdings = new VoteHoldings(spec)
    for (const each of spec.controls.authorities)
      this.#authorities.set(each.address, { spec: each, ballots: [] })
  }

  /** Events in their order; then whether anything moved that was held before or is held now. */
  receipt(scope: Scope): void {
    if (this.#authorities.size === 0) return
    const { receipt } = scope
    this.#holdings.receipt(scope, this.#log)
    this.#holds.refused(scope)
    for (const event of receipt.events) {
      if (event.kind === 'measure-proposed') this.#proposed(scope, event)
      else if (event.kind === 'measure-voted') this.#voted(scope, event)
      else if (event.kind === 'measure-enacted') this.#enacted(scope, event)
      else if (event.kind === 'reserve-terms-set') this.#terms.set(scope, event)
    }
    this.#holds.still(scope)
  }

  undoBlock(hash: string): void {
    this.#log.undo(hash)
  }

  #proposed(
    scope: Scope,
    { authority: address, proposal, member, measure }: Event<'measure-proposed'>,
  ): void {
    const authority = this.#find(scope, address)
    if (authority === null) return
    const { spec, ballots } = authority
    if (proposal !== ballots.length) this.#breach('G-3', scope, `${spec.name} proposes number ${proposal}`)
    const byHolders = isHolderAuthority(spec)
    const isSender = sender(scope.transaction) === member
    const problem = byHolders
      ? proposerProblem(spec, scope, this.#holdings)
      : isMember(spec, member)
        ? null
        : 'is no member'
    if (problem !== null || !isSender)
      this.#breach('G-3', scope, `${member} proposes at ${spec.name}: ${problem ?? 'is not the sender'}`)
    ballots.push({
      ...{ measure, opensAt: scope.timestamp + spec.votingDelaySeconds },
      ...{ inFavour: 0n, against: 0n, isEnacted: false },
      voters: byHolders ? [] : [member],
      carriedAt: weightOf(spec, [member]) >= spec.quorum ? scope.timestamp : null,
    })
    this.#log.note(scope.block.hash, () => ballots.pop())
  }

  #voted(scope: Scope, event: Event<'measure-voted'>): void {
    const { authority: address, proposal, member } = event
    const authority = this.#find(scope, address)
    const ballot = authority?.ballots[proposal]
    if (authority === null || ballot === undefined) return
    const { spec } = authority
    if (isHolderAuthority(spec)) {
      const wrong =
        sender(scope.transaction) === member
          ? voteProblem(spec, ballot, event, { scope, holdings: this.#holdings })
          : 'for somebody else'
      if (wrong !== null) this.#breach('G-3', scope, `${member} votes at ${spec.name}: ${wrong}`)
      this.#write(scope, authority, proposal, withVote(ballot, event))
      return
    }
    const problem =
      !isMember(spec, member) || sender(scope.transaction) !== member
        ? 'no member'
        : ballot.voters.includes(member)
          ? 'who has voted'
          : scope.timestamp < ballot.opensAt
            ? `before ${ballot.opensAt}`
            : null
    if (problem !== null) this.#breach('G-3', scope, `${member} votes at ${spec.name}: ${problem}`)
    const voters = [...ballot.voters, member]
    const carriedAt = ballot.carriedAt ?? (weightOf(spec, voters) >= spec.quorum ? scope.timestamp : null)
    this.#write(scope, authority, proposal, { ...ballot, voters, carriedAt })
  }

  #enacted(scope: Scope, { authority: address, proposal, measure }: Event<'measure-enacted'>): void {
    const authority = this.#find(scope, address)
    if (authority === null) return
    const { spec, ballots } = authority
    const ballot = ballots[proposal]
    if (ballot === undefined) return this.#breach('G-3', scope, `${spec.name} enacts what nobody proposed`)
    const dueAt = isHolderAuthority(spec) ? carriedDueAt(spec, ballot) : membersDueAt(spec, ballot)
    if (ballot.isEnacted) this.#breach('G-3', scope, `${spec.name} enacts ${proposal} again`)
    if (dueAt === null) this.#breach('G-3', scope, `${spec.name} enacts ${proposal} without the votes for it`)
    else if (scope.timestamp < dueAt)
      this.#breach('G-3', scope, `${spec.name} enacts ${proposal}, which is due at ${dueAt}`)
    if (!isWithin(spec, measure)) this.#breach('G-3', scope, `${spec.name} does not reach a ${measure.kind}`)
    this.#write(scope, authority, proposal, { ...ballot, isEnacted: true })
    if (measure.kind === 'freeze' || measure.kind === 'unfreeze')
      this.#holds.hold(scope, `${measure.token}/${measure.account}`, measure.kind === 'freeze')
    if (measure.kind === 'halt' || measure.kind === 'resume')
      this.#holds.hold(scope, measure.token, measure.kind === 'halt')
    if (measure.kind === 'claw-back') this.#holds.clawedBack(scope, measure)
  }

  #write(scope: Scope, { ballots }: Authority, proposal: number, ballot: Ballot): void {
    const before = ballots[proposal]!
    ballots[proposal] = ballot
    this.#log.note(scope.block.hash, () => {
      ballots[proposal] = before
    })
  }

  #find(scope: Scope, address: Address): Authority | null {
    this.#tally.checked['G-3']++
    const authority = this.#authorities.get(address)
    if (authority?.spec.chainId === scope.chain.chainId) return authority
    this.#breach('G-3', scope, `there is no authority ${address} on this chain`)
    return null
  }

  #breach(id: 'G-3', { atMs, chain, block }: Scope, detail: string): void {
    this.#tally.breach(id, atMs, chain.chainId, `block ${block.header.number}: ${detail}`)
  }
}

function membersDueAt(
  { executionDelaySeconds }: AuthoritySpec,
  { carriedAt, opensAt }: Ballot,
): number | null {
  if (carriedAt === null) return null
  return (carriedAt > opensAt ? carriedAt : opensAt) + executionDelaySeconds
}

/** Each voter's own weight; one where the specification gives none. */
function weightOf({ members, weights }: AuthoritySpec, voters: readonly Address[]): number {
  let sum = 0
  for (const voter of voters) {
    const place = members.findIndex(({ address }) => address === voter)
    if (place >= 0) sum += weights === undefined ? 1 : weights[place]!
  }
  return sum
}

function isMember({ members }: AuthoritySpec, address: Address): boolean {
  return members.some((member) => member.address === address)
}

function isWithin({ pools, tokens }: AuthoritySpec, measure: Measure): boolean {
  switch (measure.kind) {
    case 'set-terms':
      return pools.includes(measure.pool)
    case 'halt':
    case 'resume':
      return tokens.some(({ token, powers }) => token === measure.token && powers.includes('halt'))
    case 'freeze':
    case 'unfreeze':
    case 'claw-back': {
      const power = measure.kind === 'claw-back' ? 'claw-back' : 'freeze'
      return tokens.some(
        ({ token, powers, accounts }) =>
          token === measure.token &&
          powers.includes(power) &&
          (accounts === null || accounts.includes(measure.account)),
      )
    }
  }
}

function sender(transaction: Transaction | null): Address | undefined {
  return transaction?.from
}
