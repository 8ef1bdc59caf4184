// What ties a block's body to its signed header.
import { bytesToHex, type Hash32, hashCanonical, hexToBytes, remembered, sha256 } from '@solvent/primitives'
import { headerDigest } from '../eip712/header-digest.ts'
import { transactionDigest } from '../eip712/transaction-digest.ts'
import type { Block, Receipt } from './block.ts'
import { entryHash } from './entry-hash.ts'
import type { SignedTransaction } from './transaction.ts'

/** Bodies are large and looked at once by each follower: few are remembered. */
const REMEMBERED_BODIES = 256

/** SHA-256 of the transactions' hashes, one after the other. Remembered for a while. */
export const transactionsHash: (transactions: readonly SignedTransaction[]) => Hash32 = remembered(
  (transactions: readonly SignedTransaction[]) => {
    const hashes = new Uint8Array(32 * transactions.length)
    for (let i = 0; i < transactions.length; i++) {
      hashes.set(hexToBytes(transactionDigest((transactions[i] as SignedTransaction).transaction)), 32 * i)
    }
    return bytesToHex(sha256(hashes)) as Hash32
  },
  REMEMBERED_BODIES,
)

/**
 * SHA-256 of the canonical bytes of the list of receipts, in which each journal entry stands as its hash: an entry is
 * hashed once, for the journal's chain and for the block. Remembered for a while.
 */
export const receiptsHash: (receipts: readonly Receipt[]) => Hash32 = remembered(
  (receipts: readonly Receipt[]) => {
    const committed = receipts.map((receipt) => ({ ...receipt, entries: receipt.entries.map(entryHash) }))
    return hashCanonical(committed)
  },
  REMEMBERED_BODIES,
)

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
