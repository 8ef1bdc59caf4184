// The branch that a chain follows, oldest block first, with what is needed to take the newest blocks back.
import type { Hash32 } from '@solvent/primitives'
import type { Block } from '@solvent/protocol'
import { type UndoSegment, undoSegment } from '../ledger/undo-log.ts'
import type { Tip } from './fork-choice.ts'

/** Blocks that can be taken back at most; deeper re-orgs are refused. */
export const UNDO_DEPTH = 128

export class CanonicalChain {
  readonly #blocks: Block[]
  readonly #byNumber: Map<number, Block>
  readonly #heights: Map<Hash32, number>
  /** Of the newest blocks, oldest first. */
  readonly #segments: UndoSegment[] = []

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

  /** Whether the block at this height is finalised by the head's own word (L1 headers; rollups learn it from the L1). */
  isFinal(height: number): boolean {
    const block = this.#blocks[height]
    return block !== undefined && block.header.number <= this.head.header.finalized
  }

  append(block: Block, segment: UndoSegment): void {
    this.#heights.set(block.hash, this.#blocks.length)
    this.#blocks.push(block)
    this.#byNumber.set(block.header.number, block)
    this.#segments.push(segment)
    if (this.#segments.length > UNDO_DEPTH) this.#segments.shift()
  }

  /** Whether every block above this height can be taken back. */
  canReturnTo(height: number): boolean {
    return this.#blocks.length - 1 - height <= this.#segments.length
  }

  /** Takes the newest block and its writes back; null when there is nothing that can be. */
  takeBack(): Block | null {
    const segment = this.#segments.pop()
    if (segment === undefined) return null
    undoSegment(segment)
    const block = this.#blocks.pop() as Block
    this.#byNumber.delete(block.header.number)
    this.#heights.delete(block.hash)
    return block
  }
}
