// What a transaction asks of a rollup's contracts on its L1.
import type { ChainId, Hash32 } from '@solvent/primitives'
import type { BlockHeader } from '../chain/block-header.ts'

export type InboxCall =
  /** Rollup inbox on the L1: the rollup's blocks up to `toBlock` are available and ordered. */
  | {
      readonly kind: 'post-batch'
      readonly rollup: ChainId
      /** The oldest block that it holds: the slots between the last batch and this one stay empty. */
      readonly fromBlock: number
      readonly toBlock: number
      /** Tip of the batch that its oldest block stands on; null for the first (OP Stack span batch: parent_check). */
      readonly after: Hash32 | null
      /** Hash of the header of `toBlock` (or of the newest block at or below it). */
      readonly tip: Hash32
      /** With a delay buffer: how many of the transactions in the delayed inbox the chain is done with, in their order. */
      readonly forcedRead?: number
    }
  /**
   * Rollup inbox on the L1: anybody's signed transaction of the rollup. It must be in the rollup's chain by the delay; with a delay
   * buffer once somebody calls for it.
   */
  | {
      readonly kind: 'force-transaction'
      readonly rollup: ChainId
      /** Its canonical bytes (see `encodeTransaction`). */
      readonly raw: Uint8Array
    }
  /** Rollup inbox on the L1, with a delay buffer: those that have waited too long must be in the rollup's chain now; by anyone. */
  | {
      readonly kind: 'force-inclusion'
      readonly rollup: ChainId
      /** How many of the transactions in the delayed inbox are read by then, in their order (Nitro: _totalDelayedMessagesRead). */
      readonly read: number
    }
  /** Rollup contract on the L1: proposes a state root (optimistic: the challenge window starts). */
  | {
      readonly kind: 'post-root'
      readonly rollup: ChainId
      /** The last block of a batch. */
      readonly block: number
      readonly stateRoot: Hash32
      readonly outboxRoot: Hash32
    }
  /** Rollup contract on the L1: this root is not the one of the batch's last header; the fraud proof (optimistic). */
  | {
      readonly kind: 'challenge'
      readonly rollup: ChainId
      readonly block: number
      /** The root that is wrong: another one that stands there by then is not meant. */
      readonly stateRoot: Hash32
      readonly outboxRoot: Hash32
      /** The header that the batch names as its tip. */
      readonly header: BlockHeader
    }
  /** Rollup contract on the L1: a validity proof up to `block`, the last of a batch (zk). */
  | {
      readonly kind: 'post-proof'
      readonly rollup: ChainId
      readonly block: number
      readonly stateRoot: Hash32
      readonly outboxRoot: Hash32
      /** The header that the batch names as its tip: what the proof is about. */
      readonly header: BlockHeader
    }
