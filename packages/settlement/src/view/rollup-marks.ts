// What a follower has read on the L1 about one rollup: batches, roots and proofs in L1 order, and how firm they make
// the rollup's blocks. Rules: see the Consensus type of the protocol.
import { secondsToMs } from '@solvent/primitives'
import type { Block, ChainEvent, Consensus } from '@solvent/protocol'

export type RollupConsensus = Exclude<Consensus, { kind: 'l1' }>

type BatchPosted = Extract<ChainEvent, { kind: 'batch-posted' }>

interface Mark {
  /** Number of the L1 block that holds it. */
  readonly l1Number: number
  /** Rollup blocks up to this one are covered. */
  readonly toBlock: number
  readonly postedAtMs: number
}

interface BatchMark extends Mark {
  readonly tip: BatchPosted['tip']
}

export class RollupMarks {
  readonly #consensus: RollupConsensus
  readonly #chainId: number
  #batches: BatchMark[] = []
  #roots: Mark[] = []
  #proofs: Mark[] = []
  /** The newest rollup block that the marks forgotten so far made exitable. */
  #exitableFloor = 0

  constructor(chainId: number, consensus: RollupConsensus) {
    this.#chainId = chainId
    this.#consensus = consensus
  }

  /** Reads an L1 block that is now followed; true when it held something about this rollup. */
  read({ header, receipts }: Block): boolean {
    let found = false
    for (const { events } of receipts) {
      for (const event of events)
        found = this.#note(event, header.number, secondsToMs(header.timestamp)) || found
    }
    return found
  }

  /** Forgets what an L1 block said that is no longer followed. */
  unread({ header }: Block): void {
    const stays = ({ l1Number }: Mark): boolean => l1Number !== header.number
    this.#batches = this.#batches.filter(stays)
    this.#roots = this.#roots.filter(stays)
    this.#proofs = this.#proofs.filter(stays)
  }

  /** The newest batch; the rollup's followed branch must contain its tip. */
  newestBatch(): Pick<BatchMark, 'tip' | 'toBlock'> | undefined {
    return this.#batches[this.#batches.length - 1]
  }

  /** Rollup blocks ordered by batches whose tip satisfies `isFollowed`, in L1 blocks up to `l1Number`. */
  batchedTo(isFollowed: (tip: BatchMark['tip']) => boolean, l1Number: number): number {
    for (let i = this.#batches.length - 1; i >= 0; i--) {
      const { toBlock, tip, l1Number: at } = this.#batches[i] as BatchMark
      if (at <= l1Number && isFollowed(tip)) return toBlock
    }
    return 0
  }

  /** Rollup blocks proven in L1 blocks up to `l1Number`. */
  provenTo(l1Number: number): number {
    return newest(this.#proofs, (proof) => proof.l1Number <= l1Number)
  }

  /** Rollup blocks under a root that has stood for its challenge window. */
  unchallengedTo(nowMs: number): number {
    const { kind } = this.#consensus
    if (kind !== 'optimistic') return 0
    const { challengeWindowMs } = this.#consensus
    return Math.max(
      this.#exitableFloor,
      newest(this.#roots, (root) => nowMs >= root.postedAtMs + challengeWindowMs),
    )
  }

  /** Forgets batches and proofs that what is final already covers, and roots that are older than `exitable`. */
  prune(finalized: number, exitable: number): void {
    this.#batches = this.#batches.filter(({ toBlock }) => toBlock > finalized)
    this.#proofs = this.#proofs.filter(({ toBlock }) => toBlock > finalized)
    this.#roots = this.#roots.filter(({ toBlock }) => toBlock > exitable)
    this.#exitableFloor = Math.max(this.#exitableFloor, exitable)
  }

  #note(event: ChainEvent, l1Number: number, postedAtMs: number): boolean {
    if (event.kind !== 'batch-posted' && event.kind !== 'root-posted' && event.kind !== 'proof-posted')
      return false
    if (event.rollup !== this.#chainId) return false
    if (event.kind === 'batch-posted') {
      this.#batches.push({ l1Number, postedAtMs, toBlock: event.toBlock, tip: event.tip })
    } else {
      const marks = event.kind === 'root-posted' ? this.#roots : this.#proofs
      marks.push({ l1Number, postedAtMs, toBlock: event.block })
    }
    return true
  }
}

function newest(marks: readonly Mark[], covers: (mark: Mark) => boolean): number {
  for (let i = marks.length - 1; i >= 0; i--) {
    const mark = marks[i] as Mark
    if (covers(mark)) return mark.toBlock
  }
  return 0
}
