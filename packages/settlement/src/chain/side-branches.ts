// Blocks that are known but not on the followed branch, and the moment when one of them makes a better branch.
import type { Hash32 } from '@solvent/primitives'
import type { Block } from '@solvent/protocol'
import type { CanonicalChain } from './canonical-chain.ts'
import { isBetterTip } from './fork-choice.ts'

/** Side blocks remembered at most; the oldest goes first. */
const MAX_SIDE_BLOCKS = 256

/** A branch that should be followed from now on: its blocks above the height where it leaves the current one. */
export interface BetterBranch {
  readonly forkHeight: number
  readonly blocks: readonly Block[]
}

export class SideBranches {
  readonly #blocks = new Map<Hash32, Block>()

  /** A block by hash, on the followed branch or beside it. */
  find(hash: Hash32, canonical: CanonicalChain): Block | undefined {
    const side = this.#blocks.get(hash)
    return side ?? canonical.withHash(hash)
  }

  remember(block: Block): void {
    this.#blocks.set(block.hash, block)
    if (this.#blocks.size > MAX_SIDE_BLOCKS) this.#blocks.delete(this.#blocks.keys().next().value as Hash32)
  }

  /** Remembers a block whose parent is known; the branch that ends in it when that is now the better one, else null. */
  add(block: Block, canonical: CanonicalChain): BetterBranch | null {
    this.remember(block)
    const blocks: Block[] = []
    let hash = block.hash
    for (let at = this.#blocks.get(hash); at !== undefined; at = this.#blocks.get(hash)) {
      blocks.unshift(at)
      hash = at.header.parentHash
    }
    const forkHeight = canonical.heightOf(hash)
    if (forkHeight === undefined || !canonical.canReturnTo(forkHeight)) return null
    if (!isBetterTip({ height: forkHeight + blocks.length, hash: block.hash }, canonical.tip)) return null
    if (canonical.isFinal(forkHeight + 1)) return null
    for (const moved of blocks) this.#blocks.delete(moved.hash)
    return { forkHeight, blocks }
  }
}
