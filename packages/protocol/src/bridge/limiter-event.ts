// What a bridge's limiter did, as typed events. A queued message has been believed and not yet delivered.
import type { Address, Hash32 } from '@solvent/primitives'
import type { BridgeMessage } from './bridge-message.ts'
import type { TransferVote } from './limiter-call.ts'
import type { DeliveryEvidence } from './message-proof.ts'

/** Why a queued transfer is paid out: its wait is over, it fits now, or enough verifiers want it. */
export const releaseCauses = ['timeout', 'headroom', 'votes'] as const
export type ReleaseCause = (typeof releaseCauses)[number]

export type LimiterEvent =
  | {
      readonly kind: 'transfer-queued'
      readonly message: BridgeMessage
      readonly digest: Hash32
      readonly evidence: DeliveryEvidence
      readonly valueE8: bigint
      /** Unix seconds from which it may be released uncounted. */
      readonly releaseAt: number
    }
  /** Followed by its `message-delivered`. */
  | {
      readonly kind: 'transfer-released'
      readonly bridge: Address
      readonly digest: Hash32
      readonly cause: ReleaseCause
    }
  | {
      readonly kind: 'transfer-voted'
      readonly bridge: Address
      readonly digest: Hash32
      readonly vote: TransferVote
      readonly voter: Address
    }
  | { readonly kind: 'transfer-censored'; readonly bridge: Address; readonly digest: Hash32 }
  | {
      readonly kind: 'token-priced'
      readonly bridge: Address
      readonly token: Address
      readonly priceE8: bigint
    }
