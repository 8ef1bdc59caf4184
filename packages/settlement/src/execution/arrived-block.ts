// A block of another producer, before it is run. What can be hashed of it is hashed when it arrives; when its branch is
// followed, perhaps with sixty others at once, execution compares what it posts with what the producer claims and hashes
// nothing again. A claim that execution does not bear out is worth nothing: what execution posts is hashed instead.
import { deepFreeze } from '@solvent/primitives'
import {
  type Block,
  headerDigest,
  receiptsHash,
  signerOf,
  type TransactionHash,
  transactionDigest,
  transactionsHash,
} from '@solvent/protocol'
import { mayVote } from '../chain/consensus/proposer.ts'
import { MIN_GAS_LIMIT } from '../chain/gas.ts'
import type { BodyHashes } from '../chain/header.ts'
import type { ClaimedEntries } from '../ledger/claimed-entries.ts'
import type { Machine } from './machine.ts'

/** A block that may be run. */
export interface ArrivedBlock {
  readonly block: Block
  /** Of its transactions, in order. */
  readonly transactionHashes: readonly TransactionHash[]
  readonly claimedEntries: ClaimedEntries
  /** Of the body as it arrived. */
  readonly bodyHashes: BodyHashes
}

/** A block whose header and transactions may stand in one, or why they may not: what can be checked without running it. */
export function receiveBlock(machine: Machine, block: Block, parent: Block): ArrivedBlock | string {
  const refused = refuseHeader(machine, block, parent)
  if (refused !== null) return refused
  const { transactions, receipts } = block
  const transactionHashes: TransactionHash[] = []
  for (const { transaction, signature } of transactions) {
    if (transaction.chainId !== machine.chain.chainId) return 'bad-transaction'
    if (transaction.gasLimit < MIN_GAS_LIMIT) return 'bad-transaction'
    const hash = transactionDigest(transaction)
    if (!machine.verifier.verify(hash, signature, signerOf(transaction))) return 'bad-transaction'
    transactionHashes.push(hash)
  }
  deepFreeze(receipts)
  const entries = receipts.flatMap((receipt) => receipt.entries)
  return {
    block,
    transactionHashes,
    claimedEntries: { first: entries[0]?.index ?? 0, entries },
    bodyHashes: { transactionsHash: transactionsHash(transactions), receiptsHash: receiptsHash(receipts) },
  }
}

function refuseHeader({ chain, verifier }: Machine, block: Block, parent: Block): string | null {
  const { header, hash, signature } = block
  if (header.chainId !== chain.chainId) return 'wrong-chain'
  if (header.number <= parent.header.number || header.missedBefore > header.emptyBefore) return 'bad-number'
  if (!chain.producers.some((producer) => producer.address === header.producer)) return 'not-a-producer'
  if (!mayVote(chain, header)) return 'bad-votes'
  if (headerDigest(header) !== hash) return 'bad-hash'
  return verifier.verify(hash, signature, header.producer) ? null : 'bad-signature'
}
