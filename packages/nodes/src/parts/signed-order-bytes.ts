// Signed orders in the store, inside other records: as their own canonical bytes, made once for each order object. Many
// nodes of one process hold the same frozen order, and each keeps it more than once.
import { canonicalBytesOf, decodeCanonical } from '@solvent/primitives'
import type { SignedOrder } from '@solvent/protocol'

/** The canonical bytes of an order; not to be changed. */
export function signedOrderBytes(signed: SignedOrder): Uint8Array {
  return canonicalBytesOf(signed)
}

/** Reads what `signedOrderBytes` made and this node's own store kept. */
export function readSignedOrder(bytes: Uint8Array): SignedOrder {
  return decodeCanonical(bytes) as unknown as SignedOrder
}
