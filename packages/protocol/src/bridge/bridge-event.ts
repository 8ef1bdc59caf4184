// What a bridge's contract did, as typed events.
import type { Address, Hash32 } from '@solvent/primitives'
import type { RevertReason } from '../chain/revert-reason.ts'
import type { PauseAuthority } from './bridge-call.ts'
import type { BridgeMessage } from './bridge-message.ts'
import type { DeliveryEvidence } from './message-proof.ts'

export type BridgeEvent =
  | { readonly kind: 'message-sent'; readonly message: BridgeMessage; readonly digest: Hash32 }
  | {
      readonly kind: 'message-delivered'
      readonly message: BridgeMessage
      readonly digest: Hash32
      readonly evidence: DeliveryEvidence
    }
  | {
      readonly kind: 'message-conflict'
      readonly message: BridgeMessage
      readonly digest: Hash32
      readonly known: Hash32
    }
  /** A message of a batch for which nothing was done, and why: it was there already, or it may come again. */
  | {
      readonly kind: 'message-skipped'
      readonly bridge: Address
      readonly digest: Hash32
      readonly reason: RevertReason
    }
  | {
      readonly kind: 'bridge-transfer'
      readonly bridge: Address
      readonly step: 'locked' | 'burned' | 'minted' | 'released' | 'pooled'
      readonly token: Address
      readonly amount: bigint
      readonly message: Hash32
    }
  | {
      readonly kind: 'bridge-paused'
      readonly bridge: Address
      readonly authority: PauseAuthority
      readonly until: number
    }
  | { readonly kind: 'bridge-unpaused'; readonly bridge: Address; readonly authority: PauseAuthority }
