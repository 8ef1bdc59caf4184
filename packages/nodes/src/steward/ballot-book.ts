// What a member of an authority knows of its measures, from blocks: which are open, who has voted, when each may be enacted. Blocks
// can be taken back.
import type { Address } from '@solvent/primitives'
import {
  type AuthoritySpec,
  type Block,
  type ControlEvent,
  type Measure,
  NO_VOTES,
  type VoteTally,
  votesOf,
} from '@solvent/protocol'
import { measureDueAt } from '@solvent/settlement'

export interface Ballot {
  readonly proposal: number
  readonly measure: Measure
  readonly proposer: Address
  readonly voters: readonly Address[]
  /** Unix seconds. */
  readonly votableAt: number
  readonly carriedAt: number | null
  /** Where holders of a token vote. */
  readonly tally: VoteTally
  readonly isEnacted: boolean
}

export class BallotBook {
  readonly #spec: AuthoritySpec
  #ballots: readonly Ballot[] = []
  readonly #before: { readonly number: number; readonly ballots: readonly Ballot[] }[] = []

  constructor(spec: AuthoritySpec) {
    this.#spec = spec
  }

  /** What may still be enacted at a moment, Unix seconds. */
  openAt(now: number): readonly Ballot[] {
    return this.#ballots.filter(
      (ballot) => !ballot.isEnacted && (this.dueAt(ballot) !== null || now < this.closesAt(ballot)),
    )
  }

  /** Votes are taken until then; members' for ever. */
  closesAt({ votableAt }: Ballot): number {
    return votableAt + (this.#spec.tokenVote?.votingPeriodSeconds ?? Number.POSITIVE_INFINITY)
  }

  dueAt(ballot: Ballot): number | null {
    return measureDueAt(ballot, this.#spec)
  }

  followed({ header: { number, timestamp }, receipts }: Block): void {
    const { address, votingDelaySeconds, tokenVote } = this.#spec
    const before = this.#ballots
    for (const { events } of receipts)
      for (const event of events) {
        if (!('authority' in event) || event.authority !== address) continue
        if (event.kind === 'measure-proposed')
          this.#ballots = [
            ...this.#ballots,
            {
              ...{ proposal: event.proposal, measure: event.measure, proposer: event.member },
              voters: tokenVote === undefined ? [event.member] : [],
              votableAt: timestamp + votingDelaySeconds,
              carriedAt: this.#isCarriedBy([event.member]) ? timestamp : null,
              tally: NO_VOTES,
              isEnacted: false,
            },
          ]
        else if (event.kind === 'measure-voted')
          this.#change(event.proposal, ({ voters, carriedAt, tally }) => ({
            voters: [...voters, event.member],
            tally: counted(tally, event.cast),
            carriedAt: carriedAt ?? (this.#isCarriedBy([...voters, event.member]) ? timestamp : null),
          }))
        else if (event.kind === 'measure-enacted') this.#change(event.proposal, () => ({ isEnacted: true }))
      }
    if (before !== this.#ballots) this.#before.push({ number, ballots: before })
  }

  #isCarriedBy(voters: readonly Address[]): boolean {
    const { tokenVote, quorum } = this.#spec
    return tokenVote === undefined && votesOf(this.#spec, voters) >= quorum
  }

  /** The newest block is no longer followed. */
  orphaned({ header: { number } }: Block): void {
    const last = this.#before.at(-1)
    if (last?.number !== number) return
    this.#before.pop()
    this.#ballots = last.ballots
  }

  #change(proposal: number, change: (ballot: Ballot) => Partial<Ballot>): void {
    this.#ballots = this.#ballots.map((each) =>
      each.proposal === proposal ? { ...each, ...change(each) } : each,
    )
  }
}

type Cast = Extract<ControlEvent, { kind: 'measure-voted' }>['cast']

function counted(tally: VoteTally, cast: Cast): VoteTally {
  return cast === undefined ? tally : { ...tally, [cast.support]: tally[cast.support] + cast.votes }
}
