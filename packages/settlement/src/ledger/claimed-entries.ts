// The entries that another producer says a block posts. Where the ledger posts the very same entry, it takes the claimed
// one: when all of a block's are, its receipts need not be hashed again.
import type { JournalEntry } from '@solvent/protocol'

export interface ClaimedEntries {
  /** Index of the first; the others should follow it without gaps. */
  readonly first: number
  /** Frozen all the way down. */
  readonly entries: readonly JournalEntry[]
}

/** What a producer's own blocks are posted with. */
export const NO_CLAIMS: ClaimedEntries = Object.freeze({ first: 0, entries: [] })
