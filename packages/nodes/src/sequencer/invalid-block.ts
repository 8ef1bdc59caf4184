// The block that a broken sequencer puts at its head: well signed, in its slot, on the right parent, and saying of its one
// transaction what it did not do. Importers re-execute it and refuse; followers, who execute nothing, see that the receipts
// are not those of the header.
import { hashCanonical } from '@solvent/primitives'
import {
  type Block,
  type BlockHeader,
  type ChainSpec,
  type DigestSigner,
  headerDigest,
  type NetworkSpec,
  type SignedTransaction,
  transactionDigest,
  transactionsHash,
} from '@solvent/protocol'
import { gasOf, timestampOf } from '@solvent/settlement'

export interface InvalidBlockOptions {
  readonly spec: NetworkSpec
  readonly chain: ChainSpec
  readonly parent: Block
  readonly number: number
  readonly signer: DigestSigner
}

/** A block that everybody refuses. */
export function invalidBlock({ spec, chain, parent, number, signer }: InvalidBlockOptions): Block {
  const transactions = [emptyTransfer(chain, signer)]
  const header: BlockHeader = {
    ...parent.header,
    number,
    emptyBefore: number - parent.header.number - 1,
    parentHash: parent.hash,
    timestamp: timestampOf(spec, chain, number),
    producer: signer.address,
    transactionsHash: transactionsHash(transactions),
    receiptsHash: hashCanonical('receipts that nobody can compute'),
    stateRoot: hashCanonical('a state that nobody can compute'),
    transactionCount: transactions.length,
    gasUsed: gasOf('transfer'),
  }
  const hash = headerDigest(header)
  const receipts = transactions.map(({ transaction }) => ({
    transactionHash: transactionDigest(transaction),
    status: 'ok' as const,
    reason: null,
    gasUsed: gasOf('transfer'),
    entries: [],
    events: [],
  }))
  return { header, signature: signer.sign(hash), hash, transactions, receipts }
}

/** Of the producer to itself; it is never executed anywhere. */
function emptyTransfer(chain: ChainSpec, signer: DigestSigner): SignedTransaction {
  const transaction = {
    chainId: chain.chainId,
    from: signer.address,
    nonce: 0,
    gasLimit: gasOf('transfer'),
    maxFeePerGas: chain.baseFee,
    maxPriorityFeePerGas: 0n,
    call: { kind: 'transfer', token: chain.settler, to: signer.address, amount: 1n },
  } as const
  return { transaction, signature: signer.sign(transactionDigest(transaction)) }
}
