// The entries that another producer says a block posts, with their hashes. Where the ledger posts the very same entry, it
// takes the claimed one and its hash: to compare costs a fraction of hashing.
import type { Hash32 } from '@solvent/primitives'
import type { JournalEntry } from '@solvent/protocol'

export interface ClaimedEntries {
  /** Index of the first; the others should follow it without gaps. */
  readonly first: number
  /** Frozen all the way down. */
  readonly entries: readonly JournalEntry[]
  /** Of the entries, in their order. */
  readonly hashes: readonly Hash32[]
}

/** What a producer's own blocks are posted with. */
export const NO_CLAIMS: ClaimedEntries = Object.freeze({ first: 0, entries: [], hashes: [] })
