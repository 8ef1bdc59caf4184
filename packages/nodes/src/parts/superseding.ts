// What takes the place of a pending transaction under its nonce: the same with a higher offer, or the same signed with another key. What
// was sent before may still be in a block.
import type { Address } from '@solvent/primitives'
import { signerOf } from '@solvent/protocol'
import type { Offer } from './fee-estimate.ts'
import type { Unsigned } from './key-ring.ts'
import type { PendingTransaction } from './pending-transaction.ts'

/** A transaction to be signed, and what is known of it by then. */
export interface Draft {
  readonly facts: Pick<
    PendingTransaction,
    'ref' | 'nonce' | 'deadlineMs' | 'replaced' | 'signedMs' | 'sinceMs'
  >
  readonly unsigned: Unsigned
}

/** The same with a higher offer, which stands from now on. */
export function withOffer(pending: PendingTransaction, offer: Offer, nowMs: number): Draft {
  const { maxFeePerGas, maxPriorityFeePerGas, maxFeePerBlobGas } = offer
  const blobFee = (pending.signed.transaction.blobs ?? 0) > 0 ? { maxFeePerBlobGas } : {}
  const { facts, unsigned } = anew(pending)
  return {
    facts: { ...facts, sinceMs: nowMs },
    unsigned: { ...unsigned, maxFeePerGas, maxPriorityFeePerGas, ...blobFee },
  }
}

/** The same for those that were signed with a key that is in force no more. */
export function withKey(pending: Iterable<PendingTransaction>, inForce: Address): Draft[] {
  return [...pending].filter(({ signed }) => signerOf(signed.transaction) !== inForce).map(anew)
}

function anew(pending: PendingTransaction): Draft {
  const { ref, nonce, deadlineMs, hash, signed, signedMs, sinceMs } = pending
  const { signer: _, ...unsigned } = signed.transaction
  return {
    facts: { ref, nonce, deadlineMs, replaced: [...pending.replaced, hash], signedMs, sinceMs },
    unsigned,
  }
}
