// Blocks that are known but not on the followed branch, and the moment when one of them makes a better branch. A block
// that was run here is kept with what does it again, so that going back to it costs its writes and no execution.
import type { Hash32 } from '@solvent/primitives'
import type { Block } from '@solvent/protocol'
import type { UndoSegment } from '../ledger/undo-log.ts'
import type { CanonicalChain } from './canonical-chain.ts'

/** Unfinalised blocks remembered beside the branch at most; only producers sign blocks, so this bounds what they can do. */
const MAX_SIDE_BLOCKS = 16_384

/** A branch beside the followed one: its blocks above the height where it leaves it, oldest first. */
export interface SideBranch {
  readonly forkHeight: number
  readonly blocks: readonly Block[]
}

interface SideBlock {
  readonly block: Block
  readonly redo: UndoSegment | null
}

export class SideBranches {
  readonly #blocks = new Map<Hash32, SideBlock>()

  /** A block by hash, on the followed branch or beside it. */
  find(hash: Hash32, canonical: CanonicalChain): Block | undefined {
    return this.#blocks.get(hash)?.block ?? canonical.withHash(hash)
  }

  remember(block: Block, redo: UndoSegment | null = null): void {
    this.#blocks.set(block.hash, { block, redo: redo ?? this.#blocks.get(block.hash)?.redo ?? null })
    if (this.#blocks.size > MAX_SIDE_BLOCKS) this.#blocks.delete(this.#blocks.keys().next().value as Hash32)
  }

  /** Forgets a block, because it is followed now or does not execute; what does it again, if it was run before. */
  take(hash: Hash32): UndoSegment | null {
    const redo = this.#blocks.get(hash)?.redo ?? null
    this.#blocks.delete(hash)
    return redo
  }

  /** The branch that ends in a block; null when it does not reach the followed one, or leaves it below what is final. */
  branchTo(tip: Hash32, canonical: CanonicalChain): SideBranch | null {
    const blocks: Block[] = []
    let hash = tip
    for (let at = this.#blocks.get(hash); at !== undefined; at = this.#blocks.get(hash)) {
      blocks.push(at.block)
      hash = at.block.header.parentHash
    }
    const forkHeight = canonical.heightOf(hash)
    if (forkHeight === undefined || !canonical.canReturnTo(forkHeight)) return null
    return { forkHeight, blocks: blocks.reverse() }
  }

  /** Forgets blocks that can no longer be followed. */
  prune(finalized: number): void {
    for (const [hash, { block }] of this.#blocks)
      if (block.header.number <= finalized) this.#blocks.delete(hash)
  }
}
