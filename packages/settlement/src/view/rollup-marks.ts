// What a follower has read on the L1 about one rollup: batches, roots and proofs in L1 order, and how firm they make
// the rollup's blocks. Rules: see the Consensus type of the protocol.
import { assertNever, type Hash32, secondsToMs } from '@solvent/primitives'
import type { Block, ChainEvent, Consensus } from '@solvent/protocol'

export type RollupConsensus = Exclude<Consensus, { kind: 'l1' }>

interface Mark {
  /** Number of the L1 block that holds it. */
  readonly l1Number: number
  /** Rollup blocks up to this one are covered. */
  readonly toBlock: number
  readonly postedAtMs: number
}

export interface BatchMark extends Mark {
  readonly fromBlock: number
  readonly tip: Hash32
}

export interface RootMark extends Mark {
  readonly stateRoot: Hash32
  readonly outboxRoot: Hash32
}

/** Blocks that batches order and that are not here. */
export interface MissingBlocks {
  readonly from: number
  readonly to: number
  readonly tip: Hash32
}

interface StandingRoot extends RootMark {
  /** Number of the L1 block in which it was disproved, or null while it stands. */
  deletedAt: number | null
}

/** What the followed branch of the L1 says of a rollup, oldest first; what is exitable is forgotten but for the newest. */
export interface RollupPostings {
  readonly batches: readonly BatchMark[]
  /** Roots that stand. */
  readonly roots: readonly RootMark[]
  readonly proofs: readonly RootMark[]
}

export class RollupMarks {
  readonly #consensus: RollupConsensus
  readonly #chainId: number
  #batches: BatchMark[] = []
  #roots: StandingRoot[] = []
  #proofs: RootMark[] = []
  /** The newest rollup block that the marks forgotten so far made exitable. */
  #exitableFloor = 0

  constructor(chainId: number, consensus: RollupConsensus) {
    this.#chainId = chainId
    this.#consensus = consensus
  }

  /** Reads an L1 block that is now followed. */
  read({ header, receipts }: Block): void {
    for (const { events } of receipts)
      for (const event of events) this.#note(event, header.number, secondsToMs(header.timestamp))
  }

  /** Forgets what an L1 block said that is no longer followed. */
  unread({ header }: Block): void {
    const stays = ({ l1Number }: Mark): boolean => l1Number !== header.number
    this.#batches = this.#batches.filter(stays)
    this.#roots = this.#roots.filter(stays)
    for (const root of this.#roots) if (root.deletedAt === header.number) root.deletedAt = null
    this.#proofs = this.#proofs.filter(stays)
  }

  postings(): RollupPostings {
    const roots = this.#roots.filter(({ deletedAt }) => deletedAt === null)
    return { batches: this.#batches, roots, proofs: this.#proofs }
  }

  /** The newest batch; the rollup's followed branch must contain its tip. */
  newestBatch(): BatchMark | undefined {
    return this.#batches.at(-1)
  }

  /** From where on the rollup's blocks are not here although batches order them, and the tip that is missing; null when all are. */
  missing(isHere: (tip: Hash32) => boolean): MissingBlocks | null {
    const newest = this.#batches.at(-1)
    if (newest === undefined || isHere(newest.tip)) return null
    const here = this.#batches.findLastIndex(({ tip }) => isHere(tip))
    return { from: (this.#batches[here + 1] ?? newest).fromBlock, to: newest.toBlock, tip: newest.tip }
  }

  /** Rollup blocks ordered by batches whose tip satisfies `isFollowed`, in L1 blocks up to `l1Number`. */
  batchedTo(isFollowed: (tip: Hash32) => boolean, l1Number: number): number {
    return newest(this.#batches, ({ tip, l1Number: at }) => at <= l1Number && isFollowed(tip))
  }

  /** Rollup blocks proven in L1 blocks up to `l1Number`. */
  provenTo(l1Number: number): number {
    return newest(this.#proofs, (proof) => proof.l1Number <= l1Number)
  }

  /** Rollup blocks under a root that has stood for its challenge window, or under a proof that may be executed. */
  settledTo(nowMs: number): number {
    const consensus = this.#consensus
    const settled =
      consensus.kind === 'optimistic'
        ? newest(
            this.#roots,
            (root) => root.deletedAt === null && nowMs >= root.postedAtMs + consensus.challengeWindowMs,
          )
        : newest(this.#proofs, (proof) => nowMs >= proof.postedAtMs + consensus.executionDelayMs)
    return Math.max(this.#exitableFloor, settled)
  }

  /** Forgets what is exitable by L1 blocks that can no longer be taken back, but for the newest of each series. */
  prune(exitable: number, l1Number: number): void {
    const isPast = (mark: Mark): boolean => mark.toBlock <= exitable && mark.l1Number <= l1Number
    for (const mark of [...this.#roots, ...this.#proofs])
      if (isPast(mark)) this.#exitableFloor = Math.max(this.#exitableFloor, mark.toBlock)
    this.#batches = without(this.#batches, isPast)
    this.#roots = without(this.#roots, isPast)
    this.#proofs = without(this.#proofs, isPast)
  }

  #note(event: ChainEvent, l1Number: number, postedAtMs: number): void {
    if (!('rollup' in event) || event.rollup !== this.#chainId) return
    switch (event.kind) {
      case 'batch-posted':
        this.#batches.push({
          l1Number,
          postedAtMs,
          fromBlock: event.fromBlock,
          toBlock: event.toBlock,
          tip: event.tip,
        })
        return
      case 'transaction-forced':
      case 'forced-read':
      case 'challenge-lost':
        return
      case 'root-posted': {
        const { block: toBlock, stateRoot, outboxRoot } = event
        this.#roots.push({ l1Number, postedAtMs, toBlock, stateRoot, outboxRoot, deletedAt: null })
        return
      }
      case 'roots-deleted':
      case 'roots-reset':
        for (const root of this.#roots)
          if (root.toBlock >= event.fromBlock && root.deletedAt === null) root.deletedAt = l1Number
        return
      case 'proof-posted': {
        const { block: toBlock, stateRoot, outboxRoot } = event
        this.#proofs.push({ l1Number, postedAtMs, toBlock, stateRoot, outboxRoot })
        return
      }
      default:
        return assertNever(event)
    }
  }
}

function newest<M extends Mark>(marks: readonly M[], covers: (mark: M) => boolean): number {
  for (let i = marks.length - 1; i >= 0; i--) {
    const mark = marks[i] as M
    if (covers(mark)) return mark.toBlock
  }
  return 0
}

function without<M extends Mark>(marks: M[], isPast: (mark: Mark) => boolean): M[] {
  return marks.filter((mark, i) => !isPast(mark) || i === marks.length - 1)
}
