// The steward: a member of an authority. It puts measures to the vote when its rules or an operator say so, votes for what other
// members propose, and enacts its own when they are due. A governance, a council, an issuer and an autonomous risk agent are
// authorities of such members; they differ in numbers and delays. docs/models/authority.md.
import type { Node, Ports, TimerId } from '@solvent/ports'
import { type Address, msToSeconds, type NodeId, secondsToMs } from '@solvent/primitives'
import {
  type Block,
  type Call,
  type ControlReply,
  type Measure,
  type NetworkSpec,
  type SolventVocabulary,
  votesOf,
} from '@solvent/protocol'
import { createChainAccount } from '../parts/chain-account.ts'
import { createChainWatchingNode } from '../parts/chain-watching-node.ts'
import { createTimerTable } from '../parts/timer-table.ts'
import { type Ballot, BallotBook } from './ballot-book.ts'
import { type RatioRule, RatioWatch } from './ratio-watch.ts'
import { type RiskRule, RiskWatch } from './risk-watch.ts'

export interface StewardInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
  readonly authority: Address
  /** Of the member that watches for the others; empty for those. */
  readonly rules: readonly RiskRule[]
  readonly ratios: readonly RatioRule[]
}

/** Of one transaction that reverts. */
const MOST_ATTEMPTS = 5

export type StewardPorts = Omit<Ports<SolventVocabulary>, 'execution'>

export function createSteward(init: StewardInit): (ports: StewardPorts) => Node<SolventVocabulary> {
  return (ports) => {
    const { spec, node, authority: address } = init
    const authority = spec.controls.authorities.find((each) => each.address === address)
    if (authority === undefined) throw new Error(`The network has no authority ${address} for ${node}.`)
    const { chainId, quorum } = authority
    const self = ports.signer.address
    const book = new BallotBook(authority)
    /** Where holders vote, members hold as many as they have weight. */
    const hasTokens = authority.weights !== undefined
    const watches = [
      ...init.rules.map((rule) => new RiskWatch(rule, authority, spec)),
      ...init.ratios.map((rule) => new RatioWatch(rule, authority, spec)),
    ]
    const timers = createTimerTable<'look'>(ports.timers)
    let planned: TimerId | null = null
    let enacted = 0

    const { follower, sender } = createChainAccount(
      {
        ...{ spec, chains: [chainId], onBlock, onOrphaned },
        onIncluded: ({ ref, receipt }) => {
          enacted += receipt.events.filter(({ kind }) => kind === 'measure-enacted').length
          if (receipt.status === 'reverted') ports.log.text('info', `${ref} reverted: ${receipt.reason}.`)
        },
      },
      ports,
    )

    function onBlock(block: Block): void {
      sender.onBlock(block)
      book.followed(block)
      for (const watch of watches) watch.followed(block)
      look()
    }

    function onOrphaned(block: Block): void {
      book.orphaned(block)
      for (const watch of watches) watch.orphaned(block)
    }

    /** Proposes, votes and enacts what is due, and plans the next look. */
    function look(): void {
      if (!follower.isCaughtUp(chainId)) return
      const now = msToSeconds(ports.clock.nowMs())
      let next = Number.POSITIVE_INFINITY
      const later = (at: number): void => {
        if (at > now) next = Math.min(next, at)
      }
      watches.forEach((watch, index) => {
        const measure = watch.next(now)
        if (measure !== null && !isOpen(measure)) propose(measure, `rule-${index + 1}-${watch.steps}`)
      })
      for (const ballot of book.openAt(now)) {
        const dueAt = book.dueAt(ballot)
        const { proposal, voters, votableAt, proposer } = ballot
        if (isAsked(ballot) && !voters.includes(self) && now < book.closesAt(ballot)) {
          if (now >= votableAt) vote(ballot)
          else later(votableAt)
        }
        if (dueAt === null || proposer !== self) continue
        if (now >= dueAt)
          send(`enact/${address}/${proposal}`, { kind: 'enact-measure', authority: address, proposal })
        else later(dueAt)
      }
      const { bounds } = authority!
      if (bounds !== null && watches.length > 0 && !Number.isFinite(next))
        later(now + bounds.minIntervalSeconds)
      timers.cancel(planned)
      planned = Number.isFinite(next) ? timers.setAt(Math.ceil(secondsToMs(next)), 'look') : null
    }

    /** Whether its vote may matter: until members are enough; of a holder, as long as votes are taken. */
    function isAsked({ voters }: Ballot): boolean {
      return authority!.tokenVote === undefined ? votesOf(authority!, voters) < quorum : hasTokens
    }

    /** For what members propose; where strangers may propose, against theirs. */
    function vote({ proposal, proposer }: Ballot): void {
      const isOurs = authority!.members.some((member) => member.address === proposer)
      send(`vote/${address}/${proposal}`, {
        ...{ kind: 'vote-measure', authority: address, proposal },
        ...(isOurs ? {} : { support: 'against' as const }),
      })
    }

    /** Unless it is on its way: what reverted, as what comes too early by the clock of its block, is tried again a few times. */
    function send(ref: string, call: Call): void {
      for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
        const state = sender.find(chainId, `${ref}/${attempt}`)
        if (state === 'reverted') continue
        if (state === undefined) sender.send({ chainId, ref: `${ref}/${attempt}`, call })
        return
      }
    }

    function isOpen(measure: Measure): boolean {
      const isSame = (each: Measure): boolean =>
        each.kind === 'set-terms' &&
        measure.kind === 'set-terms' &&
        each.pool === measure.pool &&
        each.token === measure.token
      return book.openAt(msToSeconds(ports.clock.nowMs())).some((ballot) => isSame(ballot.measure))
    }

    /** A rule proposes once for each state of the terms. */
    function propose(measure: Measure, why: string): void {
      send(`propose/${address}/${why}`, { kind: 'propose-measure', authority: address, measure })
    }

    function obey(measure: Measure): ControlReply {
      let order = 1
      while (sender.find(chainId, `propose/${address}/order-${order}/1`) !== undefined) order++
      propose(measure, `order-${order}`)
      return { kind: 'done' }
    }

    return createChainWatchingNode(
      {
        ...{ spec, role: 'steward', chains: [chainId], follower, sender },
        summary: () =>
          `${book.openAt(msToSeconds(ports.clock.nowMs())).length} measures open, ${enacted} enacted by it, ${sender.pending()} transactions on their way`,
        obey: (control) =>
          control.kind === 'propose-measure' && control.authority === address ? obey(control.measure) : null,
        look: { timers, now: look },
      },
      ports,
    )
  }
}
