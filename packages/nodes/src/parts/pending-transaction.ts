// What is known of a transaction from its signature to its block.
import type { Block, Call, Receipt, SignedTransaction, TransactionHash } from '@solvent/protocol'
import type { Offer } from './fee-estimate.ts'
import type { TransactionRecord } from './transaction-record.ts'

/** A signed transaction that no followed block has yet. */
export interface PendingTransaction {
  readonly ref: string
  readonly nonce: number
  readonly hash: TransactionHash
  readonly deadlineMs: number | null
  readonly signed: SignedTransaction
  /** Hashes of what it was before its fees were raised: each of them may be the one that a block has. */
  readonly replaced: readonly TransactionHash[]
  /** When it was first signed, of the node's clock; null after a restart. */
  readonly signedMs: number | null
  /** Since when its present offer stands, of the node's clock; null after a restart. */
  sinceMs: number | null
  /** The store has it: it may leave. */
  stored: boolean
  /** A producer has it in its pool, as far as we know. */
  admitted: boolean
}

/** One that waits as its record in the store says: signed in an earlier life, or in a block that is followed no more. */
export function pendingOf(
  nonce: number,
  { ref, hash, deadlineMs, signed, replaced }: Extract<TransactionRecord, { state: 'signed' }>,
): PendingTransaction {
  const known = { ref, nonce, hash, deadlineMs, signed, replaced }
  return { ...known, signedMs: null, sinceMs: null, stored: true, admitted: false }
}

/** What became of a transaction: in a block, with its receipt. */
export interface Inclusion {
  readonly ref: string
  readonly transaction: SignedTransaction['transaction']
  readonly hash: TransactionHash
  readonly receipt: Receipt
  readonly block: Block
  /** What it was until now; null when it was in a block before. */
  readonly pending: PendingTransaction | null
}

export interface SignRequest {
  readonly ref: string
  readonly call: Call
  readonly deadlineMs: number | null
  readonly offer: Offer
  readonly blobs: number
  readonly nowMs: number
  /** One that is missing; default: the next. */
  readonly nonce?: number
  /** Nonces that are left out before the next; default none. */
  readonly skip?: number
  /** Default: what the call takes. */
  readonly gasLimit?: number
}
