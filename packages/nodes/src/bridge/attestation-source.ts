// What makes a bridge's messages believed, as a relayer sees it: one interface for every kind of verification. It
// hears blocks, finality, gossip and timers, says of a message whether its proof is ready, when it may be, and what
// handing it in costs. Model: OIF's SettlementInterface (can_claim, proof readiness, quote of the fee).
import type { Verdict } from '@solvent/ports'
import type { BridgeMessage, BridgeSpec, MessageProof, SignedAttestation } from '@solvent/protocol'
import type { Inclusion } from '../parts/pending-transaction.ts'
import type { BridgeListener } from './bridge-listener.ts'

/**
 * What handing a message in costs: gas, and what that gas costs in the destination's next block. A base fee that moves before a block takes
 * it makes it cost more or less, and never more than the most.
 */
export interface DeliveryCost {
  /** Of the delivery and of the headers for it. */
  readonly gas: number
  /** The part of it for headers that this node has handed in: a submission is shared among the messages that it makes provable. */
  readonly headerGas: number
  /** Wei of the destination's gas token. */
  readonly fee: bigint
  /**
   * The same at most: what the sender never offers more than, raises included. Where a base fee moves this is its cap (100 gwei, or ten times
   * the first base fee), far above what is paid; without a raise, which takes a minute, no more than twice the base fee and the tip are.
   */
  readonly maxFee: bigint
  /** Wei that its bundle's proposer has tied up for all that the bundle carries; 0 once a ruling or the first delivery under it has given them back. */
  readonly bond: bigint
}

/** Why a proof is not there yet. */
export type WaitingReason =
  | 'too-few-signatures'
  | 'not-final'
  | 'not-yet-provable'
  | 'header-on-its-way'
  | 'proving'
  | 'no-root'
  | 'challenge-window'
  | 'no-bundle'
  | 'disputed'

export type Readiness =
  | { readonly status: 'ready'; readonly proof: MessageProof; readonly cost: DeliveryCost }
  /** Ask again at `untilMs` (Unix ms of the node's clock), or when the source says that it has news. */
  | { readonly status: 'waiting'; readonly reason: WaitingReason; readonly untilMs: number | null }
  /** No proof will ever be there. */
  | { readonly status: 'impossible'; readonly reason: string }

export interface AttestationSource extends BridgeListener {
  /** A verifier's signature from gossip, from its verifier, or our own. */
  onAttestation(signed: SignedAttestation): Verdict
  /** A transaction of this node is in a block. */
  onIncluded(inclusion: Inclusion): void
  readiness(message: BridgeMessage): Readiness
  /** A trusted data source tells of a message that was not seen; absent where nobody's word counts. */
  report?(message: BridgeMessage): void
  /** What a fresh source needs to say the same again, and cannot read from blocks. */
  snapshot(): unknown
  restore(state: unknown): void
}

/** What every source is made from. */
export interface AttestationSourceInit {
  readonly bridge: BridgeSpec
  /** The answer for this message may have changed. */
  readonly onNews: (message: BridgeMessage) => void
}

/** A source that hears nothing: a kind of verification spreads it and adds what it listens to. */
export const deafSource: Omit<AttestationSource, 'readiness'> = {
  start() {},
  onBlock() {},
  onOrphaned() {},
  onFinality() {},
  onRotated() {},
  onAttestation: () => 'accept',
  onIncluded() {},
  onDelivered() {},
  onStore: () => false,
  onTimer: () => false,
  snapshot: () => null,
  restore() {},
}
