// What a watcher keeps of the blocks it follows: one book a question, each hears of every block and takes it back.
import type { Block } from '@solvent/protocol'
import type { ChainView } from '@solvent/settlement'

export interface BlockBook {
  followed(block: Block, view: ChainView): void
  /** The block, the newest that is followed of its chain, no longer is. */
  orphaned(block: Block): void
}
