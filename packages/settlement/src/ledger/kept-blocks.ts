// What the last followed blocks have written into the state of whoever follows a chain, so that one that is followed no more is taken back.
import type { Hash32 } from '@solvent/primitives'
import { type UndoLog, type UndoSegment, undoSegment } from './undo-log.ts'

/** Blocks with writes that may still be taken back, deeper than any re-org here; at most twice as many are kept. */
const KEPT_BLOCKS = 2_048

/** @typeParam Note what the follower wants to know again of a block that is taken back */
export class KeptBlocks<Note = null> {
  readonly #log: UndoLog
  readonly #blocks: { readonly hash: Hash32; readonly segment: UndoSegment; readonly note: Note }[] = []

  constructor(log: UndoLog) {
    this.#log = log
  }

  /** A block has been followed; one that wrote nothing need not be remembered. */
  followed(hash: Hash32, note: Note): void {
    if (this.#log.mark() === 0) return
    this.#blocks.push({ hash, segment: this.#log.sealFirstWrites(), note })
    if (this.#blocks.length > 2 * KEPT_BLOCKS) this.#blocks.splice(0, KEPT_BLOCKS)
  }

  /** Takes back what a block has written, the newest that wrote anything, and says what was noted of it; null: it wrote nothing. */
  orphaned(hash: Hash32): Note | null {
    const newest = this.#blocks.at(-1)
    if (newest?.hash !== hash) return null
    this.#blocks.pop()
    undoSegment(newest.segment)
    return newest.note
  }
}
