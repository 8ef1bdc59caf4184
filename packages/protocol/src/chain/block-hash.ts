// What ties a block's body to its signed header.
import { type Hash32, hashCanonical, hexToBytes, remembered, sha256Hex } from '@solvent/primitives'
import { headerDigest } from '../eip712/header-digest.ts'
import { transactionDigest } from '../eip712/transaction-digest.ts'
import type { Block, Receipt } from './block.ts'
import { entryHash } from './entry-hash.ts'
import type { SignedTransaction } from './transaction.ts'

const HASH_BYTES = 32
/** Bodies are looked at once by each follower, all within a short time: few are remembered. */
const REMEMBERED_BODIES = 256

/** SHA-256 of the transactions' hashes, one after the other. Remembered for a while. */
export const transactionsHash: (transactions: readonly SignedTransaction[]) => Hash32 = remembered(
  (transactions: readonly SignedTransaction[]) =>
    hashOfHashes(transactions.map(({ transaction }) => transactionDigest(transaction))),
  REMEMBERED_BODIES,
)

/** SHA-256 of the receipts' hashes, one after the other. Remembered for a while. */
export const receiptsHash: (receipts: readonly Receipt[]) => Hash32 = remembered(
  (receipts: readonly Receipt[]) => hashOfHashes(receipts.map(receiptHash)),
  REMEMBERED_BODIES,
)

/**
 * SHA-256 of the canonical bytes of a receipt, in which each journal entry stands as its hash: an entry is hashed once,
 * for the journal's chain and for the block. Remembered for a while, because a large body is put together from chunks by
 * each of its followers.
 */
const receiptHash: (receipt: Receipt) => Hash32 = remembered((receipt: Receipt) =>
  hashCanonical({ ...receipt, entries: receipt.entries.map(entryHash) }),
)

function hashOfHashes(hashes: readonly Hash32[]): Hash32 {
  const bytes = new Uint8Array(HASH_BYTES * hashes.length)
  hashes.forEach((hash, i) => bytes.set(hexToBytes(hash), HASH_BYTES * i))
  return sha256Hex(bytes)
}

/**
 * Tells whether a body belongs to its header: the hash is the header's digest, transactions and receipts hash to what
 * it says, and each receipt is that of the transaction in its place (genesis has one receipt and no transaction).
 * Says nothing of the header's signature, nor of whether the execution was right.
 */
export function checkBlockBody({ hash, header, transactions, receipts }: Block): boolean {
  if (header.transactionCount !== transactions.length) return false
  if (header.number !== 0 && receipts.length !== transactions.length) return false
  if (headerDigest(header) !== hash || transactionsHash(transactions) !== header.transactionsHash)
    return false
  for (let i = 0; i < transactions.length; i++) {
    if (
      receipts[i]?.transactionHash !== transactionDigest((transactions[i] as SignedTransaction).transaction)
    )
      return false
  }
  return receiptsHash(receipts) === header.receiptsHash
}
