// Putting a block together whose body is larger than a frame: it comes in chunks of consecutive transactions.
import type { Block } from '@solvent/protocol'

/** The part of one block that has arrived: its header and its first transactions. */
export interface PartialBlock {
  readonly block: Block
}

/** Whether a block of a reply is only a chunk of its body. */
export function isChunk({ header, transactions }: Block): boolean {
  return transactions.length < header.transactionCount
}

/**
 * The block after one more chunk, or null where the chunk does not continue what there is. A chunk that begins
 * at transaction 0 begins the block.
 */
export function addChunk(partial: PartialBlock | null, chunk: Block, skipped: number): PartialBlock | null {
  if (skipped === 0) return { block: chunk }
  if (partial === null || partial.block.hash !== chunk.hash || partial.block.transactions.length !== skipped)
    return null
  const { block } = partial
  return {
    block: {
      ...block,
      transactions: [...block.transactions, ...chunk.transactions],
      receipts: [...block.receipts, ...chunk.receipts],
    },
  }
}

/** How many transactions of the block are still missing. */
export function missingTransactions({ block }: PartialBlock): number {
  return block.header.transactionCount - block.transactions.length
}
