// The count of an L1's votes along its branch, kept for every block that a re-org may go back to.
import type { Hash32 } from '@solvent/primitives'
import type { Block, ChainSpec } from '@solvent/protocol'
import { type VoteCount, VoteCounter } from './validator-votes.ts'

export class BranchVotes {
  readonly #counter: VoteCounter
  readonly #after = new Map<Hash32, VoteCount>()
  /** After the newest block; at the start, and where a re-org goes back to before the first block seen, nobody has voted. */
  #newest: VoteCount

  constructor(chain: ChainSpec) {
    this.#counter = new VoteCounter(chain)
    this.#newest = this.#counter.start()
  }

  /** Counts a block of the branch: what its header should say, and bits of groups that are not its producer's. */
  add(block: Block): {
    readonly justified: number
    readonly finalized: number
    readonly foreign: number
  } {
    const after = this.#counter.after(this.#newest, block)
    this.#newest = after
    this.#after.set(block.hash, after)
    return { ...this.#counter.numbers(after), foreign: after.foreign }
  }

  /** The branch now ends in this block. */
  returnTo(hash: Hash32): void {
    this.#newest = this.#after.get(hash) ?? this.#counter.start()
  }

  /** No re-org goes back to this block any more. */
  forget(hash: Hash32): void {
    this.#after.delete(hash)
  }
}
