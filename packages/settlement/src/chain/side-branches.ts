// Blocks that are known but not on the followed branch, and the moment when one of them makes a better branch. A block
// that was run here is kept with what does it again, so that going back to it costs its writes and no execution.
import type { Hash32 } from '@solvent/primitives'
import type { Block } from '@solvent/protocol'
import type { UndoSegment } from '../ledger/undo-log.ts'
import type { CanonicalChain } from './canonical-chain.ts'

/** Unfinalised blocks remembered beside the branch at most; only producers sign blocks, so this bounds what they can do. */
const MAX_SIDE_BLOCKS = 16_384

/** How a block beside the branch is followed: by the writes it made when it ran here, or by running it. */
export type Continuation<A> =
  | { readonly kind: 'redo'; readonly segment: UndoSegment }
  | { readonly kind: 'run'; readonly arrived: A }

export interface SideBlock<A> {
  readonly block: Block
  readonly continuation: Continuation<A>
}

/** A branch beside the followed one: its blocks above the height where it leaves it, oldest first. */
export interface SideBranch<A> {
  readonly forkHeight: number
  readonly blocks: readonly SideBlock<A>[]
}

/** `A` is what execution keeps of a block that it has not run. */
export class SideBranches<A> {
  readonly #blocks = new Map<Hash32, SideBlock<A>>()

  /** A block by hash, on the followed branch or beside it. */
  find(hash: Hash32, canonical: CanonicalChain): Block | undefined {
    return this.#blocks.get(hash)?.block ?? canonical.withHash(hash)
  }

  /** Keeps a block; one that ran here before and arrives again stays as it ran, with the writes that do it again. */
  remember(side: SideBlock<A>): SideBlock<A> {
    const { hash } = side.block
    const known = this.#blocks.get(hash)
    if (known?.continuation.kind === 'redo' && side.continuation.kind === 'run') return known
    this.#blocks.set(hash, side)
    if (this.#blocks.size > MAX_SIDE_BLOCKS) this.#blocks.delete(this.#blocks.keys().next().value as Hash32)
    return side
  }

  /** Forgets a block, because it is followed now or does not execute. */
  forget(hash: Hash32): void {
    this.#blocks.delete(hash)
  }

  /** The branch that ends in a block; null when it does not reach the followed one, or leaves it below what is final. */
  branchTo(tip: Hash32, canonical: CanonicalChain): SideBranch<A> | null {
    const blocks: SideBlock<A>[] = []
    let hash = tip
    for (let at = this.#blocks.get(hash); at !== undefined; at = this.#blocks.get(hash)) {
      blocks.push(at)
      hash = at.block.header.parentHash
    }
    const forkHeight = canonical.heightOf(hash)
    if (forkHeight === undefined || !canonical.canReturnTo(forkHeight)) return null
    // That a slot was empty is final, too: a block in it leaves the branch below what is final.
    const first = blocks.at(-1)
    if (first !== undefined && first.block.header.number <= canonical.forgettable) return null
    return { forkHeight, blocks: blocks.reverse() }
  }

  /** Forgets blocks that can no longer be followed. */
  prune(finalized: number): void {
    for (const [hash, { block }] of this.#blocks)
      if (block.header.number <= finalized) this.#blocks.delete(hash)
  }
}
