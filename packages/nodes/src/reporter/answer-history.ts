// What followed blocks say of one feed: its answer, the round that is open, and who has reported in which; a re-org takes it back.
import type { Address } from '@solvent/primitives'
import { secondsToMs } from '@solvent/primitives'
import type { Block, OracleSpec } from '@solvent/protocol'

interface Standing {
  readonly number: number
  readonly answer: FeedAnswer | null
  readonly openRound: number
  readonly reported: ReadonlyMap<Address, number>
}

export interface FeedAnswer {
  readonly answerE8: bigint
  readonly round: number
  /** Unix ms of the block. */
  readonly updatedMs: number
}

/** Blocks with news that are kept for re-orgs. */
const KEPT = 512

export class AnswerHistory {
  readonly #oracle: Address
  readonly #standings: Standing[]

  constructor({ address, source }: OracleSpec, genesisMs: number) {
    this.#oracle = address
    const first = source.kind === 'feed' ? source.genesisE8 : null
    const answer = first === null ? null : { answerE8: first, round: 0, updatedMs: genesisMs }
    this.#standings = [{ number: 0, answer, openRound: answer?.round ?? -1, reported: new Map() }]
  }

  get answer(): FeedAnswer | null {
    return this.#now.answer
  }

  /** The newest round that anybody has reported in. */
  get openRound(): number {
    return this.#now.openRound
  }

  /** The newest round that this reporter has reported in; -1: none. */
  reportedBy(reporter: Address): number {
    return this.#now.reported.get(reporter) ?? -1
  }

  followed({ header: { number, timestamp }, receipts }: Block): void {
    let { answer, openRound, reported } = this.#now
    for (const { events } of receipts) {
      for (const event of events) {
        if (event.kind === 'price-posted' && event.oracle === this.#oracle) {
          openRound = Math.max(openRound, event.round)
          reported = new Map(reported).set(event.reporter, event.round)
        } else if (event.kind === 'price-updated' && event.oracle === this.#oracle) {
          const { answerE8, round } = event
          answer = { answerE8, round, updatedMs: secondsToMs(timestamp) }
        }
      }
    }
    if (answer === this.#now.answer && reported === this.#now.reported) return
    this.#standings.push({ number, answer, openRound, reported })
    if (this.#standings.length > KEPT) this.#standings.shift()
  }

  orphaned({ header }: Block): void {
    while (this.#standings.length > 1 && this.#now.number >= header.number) this.#standings.pop()
  }

  get #now(): Standing {
    return this.#standings.at(-1) as Standing
  }
}
