// What a rollup's contracts on its L1 did, as typed events.
import type { Address, ChainId, Hash32 } from '@solvent/primitives'

export type InboxEvent =
  | {
      readonly kind: 'batch-posted'
      readonly rollup: ChainId
      readonly fromBlock: number
      readonly toBlock: number
      readonly tip: Hash32
    }
  | {
      readonly kind: 'root-posted'
      readonly rollup: ChainId
      readonly block: number
      readonly stateRoot: Hash32
      readonly outboxRoot: Hash32
      readonly proposer: Address
    }
  /**
   * This transaction of the rollup must be in its chain by then (Unix seconds), if it can run; null with a delay buffer: when it has
   * been read.
   */
  | {
      readonly kind: 'transaction-forced'
      readonly rollup: ChainId
      readonly hash: Hash32
      readonly raw: Uint8Array
      readonly dueAt: number | null
    }
  /** With a delay buffer: the first `read` must be in the chain by then (Unix seconds), as far as they can run. */
  | {
      readonly kind: 'forced-read'
      readonly rollup: ChainId
      readonly read: number
      /** A batch says that it has them, or somebody called because they had waited too long. */
      readonly by: 'batch' | 'call'
      readonly dueAt: number
    }
  /** A root was disproved: it and all later ones are gone, its bond is forfeited, theirs go back. */
  | {
      readonly kind: 'roots-deleted'
      readonly rollup: ChainId
      readonly fromBlock: number
      readonly challenger: Address
    }
  /** A right root was challenged: the challenger has lost as much as a proposer puts up. */
  | {
      readonly kind: 'challenge-lost'
      readonly rollup: ChainId
      readonly block: number
      readonly challenger: Address
    }
  /** An upgrade forgot the roots from this block on; their bonds go back. */
  | { readonly kind: 'roots-reset'; readonly rollup: ChainId; readonly fromBlock: number }
  | {
      readonly kind: 'proof-posted'
      readonly rollup: ChainId
      readonly block: number
      readonly stateRoot: Hash32
      readonly outboxRoot: Hash32
    }
