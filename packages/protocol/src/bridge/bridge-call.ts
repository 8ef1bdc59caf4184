// What a transaction asks of a bridge's contract.
import type { Address, ChainId } from '@solvent/primitives'
import type { BridgeMessage } from './bridge-message.ts'
import type { BatchProof, MessageProof } from './message-proof.ts'

export type PauseAuthority = 'issuer' | 'guardian'

export type BridgeCall =
  /** Bridge: hands in a message with what makes it believed (mints, releases, or proves a fill). */
  | {
      readonly kind: 'deliver'
      readonly message: BridgeMessage
      readonly proof: MessageProof
    }
  /**
   * Bridge: hands in several messages of one lane (source chain, emitter and destination) with one proof of them all. Each
   * succeeds or is skipped by itself; a proof that does not hold refuses them together.
   */
  | {
      readonly kind: 'deliver-batch'
      readonly messages: readonly BridgeMessage[]
      readonly proof: BatchProof
    }
  /** Bridge: locks (at home) or burns (away) `amount` of `token` and sends a transfer message. */
  | {
      readonly kind: 'bridge-out'
      readonly bridge: Address
      readonly token: Address
      readonly amount: bigint
      readonly dstChainId: ChainId
      readonly recipient: Address
    }
  /** Bridge: anybody sends a message that asks `target` on the other chain to believe these verifiers. */
  | {
      readonly kind: 'send-message'
      readonly bridge: Address
      readonly dstChainId: ChainId
      readonly target: Address
      readonly verifiers: readonly Address[]
      readonly threshold: number
    }
  /** Bridge: stops mint, release and proof delivery. `guardian` outranks `issuer` (B-7). `until` 0: open end. */
  | {
      readonly kind: 'pause'
      readonly bridge: Address
      readonly authority: PauseAuthority
      readonly until: number
    }
  | { readonly kind: 'unpause'; readonly bridge: Address; readonly authority: PauseAuthority }
