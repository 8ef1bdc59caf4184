// What the store keeps of a transaction that a node signed: all of it until it is in a block, then only what it was
// for and how it ended, so that a restarted node neither signs the nonce again nor acts twice.
import { type ChainId, decodeCanonical, encodeCanonical } from '@solvent/primitives'
import type { Receipt, SignedTransaction, TransactionHash } from '@solvent/protocol'

export type TransactionRecord =
  | {
      readonly state: 'signed'
      /** What it is for, chosen by the caller, e.g. `claim/0x…`; one transaction for each. */
      readonly ref: string
      readonly hash: TransactionHash
      /** Unix ms after which it need not be submitted any more, or null. */
      readonly deadlineMs: number | null
      readonly signed: SignedTransaction
      /** Hashes of the same nonce with lower offers, oldest first. */
      readonly replaced: readonly TransactionHash[]
    }
  | {
      readonly state: 'included'
      readonly ref: string
      readonly hash: TransactionHash
      readonly status: Receipt['status']
      readonly replaced: readonly TransactionHash[]
    }

const NONCE_DIGITS = 10

/** All keys of one chain's records begin with this; they sort by nonce. */
export function recordPrefix(chainId: ChainId): string {
  return `tx/${chainId}/`
}

export function recordKey(chainId: ChainId, nonce: number): string {
  return recordPrefix(chainId) + String(nonce).padStart(NONCE_DIGITS, '0')
}

export function nonceOfKey(key: string): number {
  return Number(key.slice(key.lastIndexOf('/') + 1))
}

export function encodeRecord(record: TransactionRecord): Uint8Array {
  return encodeCanonical(record)
}

/** Reads what `encodeRecord` wrote to this node's own store. */
export function decodeRecord(bytes: Uint8Array): TransactionRecord {
  return decodeCanonical(bytes) as TransactionRecord
}
