// Blocks: a signed header that is announced, a body that is fetched. A block follows its parent after
// `emptyBefore` empty slots, so that a chain nobody uses costs next to nothing; block numbers count slots.
import type { Hash32 } from '@solvent/primitives'
import type { SignedHeader } from './block-header.ts'
import type { ChainEvent } from './chain-event.ts'
import type { JournalEntry } from './journal.ts'
import type { RevertReason } from './revert-reason.ts'
import type { SignedTransaction, TransactionHash } from './transaction.ts'

export interface Receipt {
  readonly transactionHash: TransactionHash
  readonly status: 'ok' | 'reverted'
  /** Why it reverted; null when ok. */
  readonly reason: RevertReason | null
  readonly gasUsed: number
  readonly entries: readonly JournalEntry[]
  readonly events: readonly ChainEvent[]
}

export interface Block extends SignedHeader {
  readonly hash: Hash32
  readonly transactions: readonly SignedTransaction[]
  readonly receipts: readonly Receipt[]
}
