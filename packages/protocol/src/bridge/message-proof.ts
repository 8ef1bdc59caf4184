// Why a chain believes a message of another chain: one kind of proof for each kind of verification, as a delivery
// carries it, and one kind of evidence, as the receipt keeps it.
import type { Address, Hash32 } from '@solvent/primitives'
import type { VerifierSignature } from './signed-attestation.ts'

export type MessageProof =
  /** Signatures of a verifier set, signers in strictly increasing address order. */
  | {
      readonly kind: 'quorum'
      readonly setIndex: number
      readonly signatures: readonly VerifierSignature[]
    }
  /** An optimistic bridge: the message's place in a bundle that stands, and the siblings from there to its root. */
  | {
      readonly kind: 'bundle'
      readonly bundle: number
      readonly leaf: number
      readonly path: readonly Hash32[]
    }
  /** The message is in the outbox of a header that the bridge's client of the source takes for final. */
  | {
      readonly kind: 'header-inclusion'
      readonly header: Hash32
      /** The message's place in the outbox, and its siblings on the way to the root, lowest first, up to the last that is not empty. */
      readonly leaf: number
      readonly path: readonly Hash32[]
    }
  /** The message is in the outbox of the last block of a batch whose root the rollup's contract here holds for final. */
  | {
      readonly kind: 'rollup-root'
      readonly block: number
      /** Hash of that block's header, as its batch names it. */
      readonly header: Hash32
      readonly leaf: number
      readonly path: readonly Hash32[]
    }

/** Where messages stand in a tree, and what leads from all of them together to its root. */
export interface BatchPath {
  /** Their places, in increasing order. */
  readonly leaves: readonly number[]
  /**
   * The siblings that do not follow from the messages themselves: level by level, lowest first, from left to right within a
   * level, up to the last that is not empty. For a single message it is its path.
   */
  readonly siblings: readonly Hash32[]
}

/** Why a chain believes a batch of messages: as a proof of one, with what they have in common only once. */
export type BatchProof =
  /** The signatures of each message, in the order of the messages. */
  | {
      readonly kind: 'quorum'
      readonly setIndex: number
      readonly signatures: readonly (readonly VerifierSignature[])[]
    }
  | ({ readonly kind: 'bundle'; readonly bundle: number } & BatchPath)
  | ({ readonly kind: 'header-inclusion'; readonly header: Hash32 } & BatchPath)
  | ({ readonly kind: 'rollup-root'; readonly block: number; readonly header: Hash32 } & BatchPath)

export type DeliveryEvidence =
  | { readonly kind: 'quorum'; readonly setIndex: number; readonly signers: readonly Address[] }
  | { readonly kind: 'bundle'; readonly bundle: number }
  | { readonly kind: 'header-inclusion'; readonly header: Hash32; readonly leaf: number }
  | { readonly kind: 'rollup-root'; readonly block: number; readonly header: Hash32; readonly leaf: number }
