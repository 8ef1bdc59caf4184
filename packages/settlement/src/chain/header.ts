// What a block's header says, computed from the parent and from what the block did. Producers and importers build it
// the same way; an imported block is right when the two headers have one hash.
import type { Address } from '@solvent/primitives'
import type { Block, BlockHeader, ChainSpec, Receipt, SignedTransaction } from '@solvent/protocol'
import type { ChainState } from './chain-state.ts'
import { slashedIn } from './consensus/finality-state.ts'
import { blockMarket, type SlotMarket } from './fee-market/slot-market.ts'
import type { NetworkIndex } from './network-index.ts'
import { timestampOf } from './slots.ts'
import { nextStateRoot } from './state-root.ts'

/** An executed slot, before it is a block. */
export interface ExecutedSlot {
  readonly number: number
  readonly producer: Address
  readonly parent: Block
  /** Bits of the producer's validator groups that voted in the epoch before; 0 on a rollup. */
  readonly votes: number
  /** Slots since the parent whose proposer was absent. */
  readonly missedBefore: number
  readonly transactions: readonly SignedTransaction[]
  readonly receipts: readonly Receipt[]
  readonly market: SlotMarket
}

/** What a header says of its body. */
export type BodyHashes = Pick<BlockHeader, 'transactionsHash' | 'receiptsHash'>

/** Whose slot it is, and the state after it. */
export interface Executed {
  readonly index: NetworkIndex
  readonly chain: ChainSpec
  readonly state: ChainState
}

/** The header of an executed slot, frozen; it moves the finality of `state` on. */
export function headerOf(
  { index, chain, state }: Executed,
  slot: ExecutedSlot,
  hashes: BodyHashes,
): BlockHeader {
  const { number, producer, parent, votes, missedBefore, transactions, receipts } = slot
  const parentRoot = parent.header.stateRoot
  const gasUsed = receipts.reduce((sum, receipt) => sum + receipt.gasUsed, 0)
  const finality = state.moveFinality({ number, votes, slashed: slashedIn(receipts) })
  return Object.freeze({
    chainId: chain.chainId,
    number,
    emptyBefore: number - parent.header.number - 1,
    missedBefore,
    parentHash: parent.hash,
    timestamp: timestampOf(index.spec, chain, number),
    producer,
    ...hashes,
    stateRoot: transactions.length === 0 ? parentRoot : nextStateRoot({ parentRoot, ...hashes }),
    outboxRoot: state.outbox.root(),
    transactionCount: transactions.length,
    gasUsed,
    baseFee: slot.market.baseFee,
    market: blockMarket(chain, slot.market, { gas: gasUsed, blobs: blobsOf(transactions) }),
    votes,
    ...finality,
  })
}

function blobsOf(transactions: readonly SignedTransaction[]): number {
  return transactions.reduce((sum, { transaction }) => sum + (transaction.blobs ?? 0), 0)
}
