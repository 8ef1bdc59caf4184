// What ties a block's body to its signed header.
import { blake3Hex, type Hash32, hexInto, packedHashBy, packList, RecentObjects } from '@solvent/primitives'
import { messageDigest } from '../bridge/message-identity.ts'
import { headerDigest } from '../eip712/header-digest.ts'
import type { Block, Receipt } from './block.ts'
import { carriesMessage, packReceipt } from './packed-receipt.ts'
import type { SignedTransaction } from './transaction.ts'
import { transactionDigest } from './transaction-digest.ts'

const HASH_BYTES = 32
/** Bodies are looked at once by each follower, all within a short time: few are remembered. */
const REMEMBERED_BODIES = 256

/** BLAKE3 of the transactions' hashes, one after the other. Remembered for a while. */
export const transactionsHash: (transactions: readonly SignedTransaction[]) => Hash32 = rememberedList(
  (transactions: readonly SignedTransaction[]) => {
    const bytes = new Uint8Array(HASH_BYTES * transactions.length)
    transactions.forEach(({ transaction }, i) =>
      hexInto(bytes, HASH_BYTES * i, transactionDigest(transaction)),
    )
    return blake3Hex(bytes)
  },
)

/**
 * BLAKE3 of the packed bytes of the receipts, the block's part of the journal among them: an entry is hashed once, here.
 * A message in an event counts by its digest. A state root folds this hash into its parent's, and so the journal is chained block by block. Remembered for a while.
 */
export const receiptsHash: (receipts: readonly Receipt[]) => Hash32 = rememberedList(
  (receipts: readonly Receipt[]) => {
    const digests = digestsIn(receipts)
    let next = 0
    return packedHashBy('receipts', receipts, () => {
      packList(receipts.length)
      for (const receipt of receipts) packReceipt(receipt, () => digests[next++] as Hash32)
    })
  },
)

/** Those of the messages in events, in their order. */
function digestsIn(receipts: readonly Receipt[]): Hash32[] {
  const digests: Hash32[] = []
  for (const { events } of receipts)
    for (const event of events) if (carriesMessage(event)) digests.push(messageDigest(event.message))
  return digests
}

/** By the identity of the items, too: a large body is put together from chunks, anew by each of its followers. */
function rememberedList<T extends object>(
  hash: (list: readonly T[]) => Hash32,
): (list: readonly T[]) => Hash32 {
  const byList = new RecentObjects<readonly T[], Hash32>(REMEMBERED_BODIES)
  const byFirst = new RecentObjects<T, { readonly list: readonly T[]; readonly hash: Hash32 }>(
    REMEMBERED_BODIES,
  )
  return (list) => {
    const first = list[0]
    const known = byList.get(list)
    if (known !== undefined || first === undefined) return known ?? hash(list)
    const alike = byFirst.get(first)
    if (alike !== undefined && isSameList(alike.list, list)) return alike.hash
    const result = hash(list)
    byList.set(list, result)
    byFirst.set(first, { list, hash: result })
    return result
  }
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
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
