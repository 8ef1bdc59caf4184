// A signed transaction as bytes, as contracts of another chain carry it.
import { decodeCanonical, encodeCanonical } from '@solvent/primitives'
import { signedTransactionSchema } from '../schema/call.ts'
import type { SignedTransaction } from './transaction.ts'

/** The canonical bytes of a signed transaction. */
export function encodeTransaction(signed: SignedTransaction): Uint8Array {
  return encodeCanonical(signed)
}

/** The transaction that these are the canonical bytes of; null when they are of none. */
export function decodeTransaction(raw: Uint8Array): SignedTransaction | null {
  let value: unknown
  try {
    value = decodeCanonical(raw)
  } catch {
    return null
  }
  const parsed = signedTransactionSchema.safeParse(value)
  return parsed.success ? parsed.data : null
}
