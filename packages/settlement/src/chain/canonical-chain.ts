// The branch that a chain follows, oldest block first, with what is needed to take back every block that is not final.
import type { Hash32 } from '@solvent/primitives'
import type { Block } from '@solvent/protocol'
import { type UndoSegment, undoSegment } from '../ledger/undo-log.ts'
import type { Tip } from './fork-choice.ts'

/** A block that was taken back, with what does it again on the same state. */
export interface TakenBack {
  readonly block: Block
  readonly redo: UndoSegment
}

export class CanonicalChain {
  readonly #blocks: Block[]
  readonly #byNumber: Map<number, Block>
  readonly #heights: Map<Hash32, number>
  /** Of the blocks that are not final, oldest first. */
  #segments: UndoSegment[] = []
  /** What the L1 finalised of a rollup; an L1 knows by itself. */
  #finalizedByL1 = 0
  /** Above this number nothing is forgotten, final or not; null for no such hold. */
  #heldAbove: number | null = null

  constructor(genesis: Block) {
    this.#blocks = [genesis]
    this.#byNumber = new Map([[0, genesis]])
    this.#heights = new Map([[genesis.hash, 0]])
  }

  get head(): Block {
    return this.#blocks[this.#blocks.length - 1] as Block
  }

  get tip(): Tip {
    return { height: this.#blocks.length - 1, hash: this.head.hash }
  }

  /** The block of that very slot, or undefined when the slot was empty. */
  at(number: number): Block | undefined {
    return this.#byNumber.get(number)
  }

  /** Blocks since genesis up to the block of this hash, or undefined when it is not on this branch. */
  heightOf(hash: Hash32): number | undefined {
    return this.#heights.get(hash)
  }

  withHash(hash: Hash32): Block | undefined {
    const height = this.#heights.get(hash)
    return height === undefined ? undefined : this.#blocks[height]
  }

  /** The newest final block number, by the head's own word or by what the L1 said. */
  get finalized(): number {
    return Math.max(this.head.header.finalized, this.#finalizedByL1)
  }

  /** The L1 has made a rollup's blocks final up to this number. */
  finalize(number: number): void {
    this.#finalizedByL1 = Math.max(this.#finalizedByL1, number)
  }

  /** The newest block that can be forgotten how to take back. */
  get forgettable(): number {
    return this.#heldAbove === null ? this.finalized : Math.min(this.finalized, this.#heldAbove)
  }

  /** Keeps all above this number until the hold is lifted by null. */
  hold(above: number | null): void {
    // What was final of a branch that has been left says nothing of the one that stands.
    if (this.#heldAbove !== null) this.#finalizedByL1 = Math.min(this.#finalizedByL1, this.#heldAbove)
    this.#heldAbove = above
  }

  append(block: Block, segment: UndoSegment): void {
    this.#heights.set(block.hash, this.#blocks.length)
    this.#blocks.push(block)
    this.#byNumber.set(block.header.number, block)
    this.#segments.push(segment)
  }

  /** Forgets how to take back what is final, unless it is held. */
  prune(): void {
    const { forgettable } = this
    const oldest = this.#blocks.length - this.#segments.length
    let final = 0
    while (
      final < this.#segments.length &&
      (this.#blocks[oldest + final] as Block).header.number <= forgettable
    )
      final++
    if (final > 0) this.#segments = this.#segments.slice(final)
  }

  /** Whether every block above this height can be taken back. */
  canReturnTo(height: number): boolean {
    return this.#blocks.length - 1 - height <= this.#segments.length
  }

  /** Takes the newest block and its writes back; null when it is final. `undo` is the rule of settlement for it. */
  takeBack(undo: typeof undoSegment = undoSegment): TakenBack | null {
    const segment = this.#segments.pop()
    if (segment === undefined) return null
    const redo = undo(segment)
    const block = this.#blocks.pop() as Block
    this.#byNumber.delete(block.header.number)
    this.#heights.delete(block.hash)
    return { block, redo }
  }
}
