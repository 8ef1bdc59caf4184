// What a member of an authority knows of its measures, from blocks: which are open, who has voted, when each may be enacted. Blocks
// can be taken back.
import type { Address } from '@solvent/primitives'
import { type AuthoritySpec, type Block, type Measure, votesOf } from '@solvent/protocol'
import { measureDueAt } from '@solvent/settlement'

export interface Ballot {
  readonly proposal: number
  readonly measure: Measure
  readonly proposer: Address
  readonly voters: readonly Address[]
  /** Unix seconds. */
  readonly votableAt: number
  readonly carriedAt: number | null
  readonly isEnacted: boolean
}

export class BallotBook {
  readonly #spec: AuthoritySpec
  #ballots: readonly Ballot[] = []
  readonly #before: { readonly number: number; readonly ballots: readonly Ballot[] }[] = []

  constructor(spec: AuthoritySpec) {
    this.#spec = spec
  }

  get open(): readonly Ballot[] {
    return this.#ballots.filter(({ isEnacted }) => !isEnacted)
  }

  dueAt(ballot: Ballot): number | null {
    return measureDueAt(ballot, this.#spec)
  }

  followed({ header: { number, timestamp }, receipts }: Block): void {
    const { address, votingDelaySeconds } = this.#spec
    const before = this.#ballots
    for (const { events } of receipts)
      for (const event of events) {
        if (!('authority' in event) || event.authority !== address) continue
        if (event.kind === 'measure-proposed')
          this.#ballots = [
            ...this.#ballots,
            {
              ...{ proposal: event.proposal, measure: event.measure, proposer: event.member },
              voters: [event.member],
              votableAt: timestamp + votingDelaySeconds,
              carriedAt: this.#isCarriedBy([event.member]) ? timestamp : null,
              isEnacted: false,
            },
          ]
        else if (event.kind === 'measure-voted')
          this.#change(event.proposal, ({ voters, carriedAt }) => ({
            voters: [...voters, event.member],
            carriedAt: carriedAt ?? (this.#isCarriedBy([...voters, event.member]) ? timestamp : null),
          }))
        else if (event.kind === 'measure-enacted') this.#change(event.proposal, () => ({ isEnacted: true }))
      }
    if (before !== this.#ballots) this.#before.push({ number, ballots: before })
  }

  #isCarriedBy(voters: readonly Address[]): boolean {
    return votesOf(this.#spec, voters) >= this.#spec.quorum
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
