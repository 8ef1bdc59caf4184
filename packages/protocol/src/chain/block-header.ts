// What is announced of a block and signed by its producer. Block numbers count slots.
import type { Address, ChainId, Hash32 } from '@solvent/primitives'
import type { Signature } from '../signature.ts'
import type { BlockMarket } from './block-market.ts'

export interface BlockHeader {
  readonly chainId: ChainId
  /** The genesis block is 0; number = parent number + 1 + emptyBefore; timestamp = genesis time + number · slot. */
  readonly number: number
  /** Slots between the parent and this block: empty blocks and missed slots. */
  readonly emptyBefore: number
  /** How many of those slots were missed, because their proposer was absent. */
  readonly missedBefore: number
  readonly parentHash: Hash32
  /** Chain time, Unix seconds (floor of the slot's start; several blocks of a fast chain share a second). */
  readonly timestamp: number
  readonly producer: Address
  /** Hash over the transaction hashes in order. */
  readonly transactionsHash: Hash32
  /** Hash over the receipts in order, journal entries by their hashes. */
  readonly receiptsHash: Hash32
  /** Commitment to the state after this block (see settlement/chain). */
  readonly stateRoot: Hash32
  /** Root of the Merkle tree over all messages sent on this chain up to and with this block (see settlement/bridge/outbox). */
  readonly outboxRoot: Hash32
  readonly transactionCount: number
  readonly gasUsed: number
  /** Wei per gas; follows from the parent. */
  readonly baseFee: bigint
  readonly market: BlockMarket
  /** L1 only: which of the producer's validator groups voted in the epoch before this block's own, one bit a group. */
  readonly votes: number
  /** L1 only: the newest justified and finalised block numbers; for rollups both follow from the L1 (-1). */
  readonly justified: number
  readonly finalized: number
}

export interface SignedHeader {
  readonly header: BlockHeader
  readonly signature: Signature
}
