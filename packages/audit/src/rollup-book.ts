// What the audit keeps of one rollup's postings on its L1, in their order, with what takes them back.
import type { Hash32 } from '@solvent/primitives'
import type { BlockHeader } from '@solvent/protocol'

/** Commitments to a rollup's state and to the messages it has sent. */
export type Roots = Pick<BlockHeader, 'stateRoot' | 'outboxRoot'>

interface PostedBatch {
  /** The oldest block that it holds. */
  readonly from: number
  readonly to: number
  readonly tip: Hash32
  /** What the tip's header says; null until the audit has seen that block. */
  roots: Roots | null
  /** L1 time at which it was seen, Unix ms. */
  knownAtMs: number
}

export interface PostedRoot {
  readonly block: number
  readonly roots: Roots
  readonly postedAtMs: number
  /** When its challenge window ends; of a proof, when it was posted. */
  readonly finalAtMs: number
  /** Whether it has been looked at when its window ended. */
  judged: boolean
}

export class RollupBook {
  readonly #batches: PostedBatch[] = []
  /** Roots or proofs that stand, in ascending order of blocks. */
  roots: PostedRoot[] = []
  /** What each deletion took, the newest last. */
  readonly #deleted: PostedRoot[][] = []

  get batchedTo(): number {
    return this.#batches.at(-1)?.to ?? 0
  }

  get settledTo(): number {
    return this.roots.at(-1)?.block ?? 0
  }

  batched(batch: PostedBatch): void {
    this.#batches.push(batch)
  }

  /** The slots between the batch that ends in this tip and the one before it, first and last; null when no batch does. */
  slotsBefore(tip: Hash32): readonly [first: number, last: number] | null {
    const at = this.#batches.findLastIndex((batch) => batch.tip === tip)
    return at < 0 ? null : [(this.#batches[at - 1]?.to ?? 0) + 1, this.#batches[at]!.from - 1]
  }

  hasBatchTo(block: number): boolean {
    return this.#batchTo(block) !== undefined
  }

  /** The roots at the end of the batch to this block, as the rollup's own header says them; null when unknown. */
  rootsOfBatch(block: number): Roots | null {
    return this.#batchTo(block)?.roots ?? null
  }

  /** L1 time at which the last block of a batch was known, Unix ms. */
  knownAtMs(block: number): number {
    return this.#batchTo(block)?.knownAtMs ?? 0
  }

  tipSeen(tip: Hash32, roots: Roots, atMs: number): void {
    for (let i = this.#batches.length - 1; i >= 0; i--) {
      const batch = this.#batches[i]!
      if (batch.tip !== tip) continue
      if (batch.roots === null) batch.knownAtMs = atMs
      batch.roots = roots
      return
    }
  }

  unbatched(to: number): void {
    if (this.batchedTo === to) this.#batches.pop()
  }

  deleteRoots(fromBlock: number): void {
    const first = this.roots.findIndex(({ block }) => block >= fromBlock)
    this.#deleted.push(first < 0 ? [] : this.roots.splice(first))
  }

  restoreRoots(): void {
    this.roots.push(...(this.#deleted.pop() ?? []))
  }

  #batchTo(block: number): PostedBatch | undefined {
    let low = 0
    let high = this.#batches.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#batches[middle]!.to < block) low = middle + 1
      else high = middle
    }
    const found = this.#batches[low]
    return found?.to === block ? found : undefined
  }
}

export function sameRoots(a: Roots, b: Roots): boolean {
  return a.stateRoot === b.stateRoot && a.outboxRoot === b.outboxRoot
}
