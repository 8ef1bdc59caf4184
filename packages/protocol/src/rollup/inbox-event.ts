// What a rollup's contracts on its L1 did, as typed events.
import type { ChainId, Hash32 } from '@solvent/primitives'

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
    }
  | {
      readonly kind: 'proof-posted'
      readonly rollup: ChainId
      readonly block: number
      readonly stateRoot: Hash32
    }
