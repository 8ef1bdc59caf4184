// The hash that links a chain's journal: each entry names the hash of the one before it.
import { type Hash32, hashCanonical, remembered } from '@solvent/primitives'
import type { JournalEntry } from './journal.ts'

/** SHA-256 of the canonical bytes of an entry, its `previous` included. Remembered for a while. */
export const entryHash: (entry: JournalEntry) => Hash32 = remembered((entry: JournalEntry) =>
  hashCanonical(entry),
)
