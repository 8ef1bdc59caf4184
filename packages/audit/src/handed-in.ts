// What a transaction hands in for a message: by itself, or as one of a batch.
import type { Hash32 } from '@solvent/primitives'
import {
  type BatchProof,
  type BridgeMessage,
  type Call,
  type MessageProof,
  messageDigest,
  type VerifierSignature,
} from '@solvent/protocol'

export type HandedIn =
  | { readonly message: BridgeMessage; readonly by: 'itself'; readonly proof: MessageProof }
  | {
      readonly message: BridgeMessage
      readonly by: 'batch'
      readonly proof: BatchProof
      readonly messages: readonly BridgeMessage[]
      /** In the batch. */
      readonly place: number
    }

/** Whether the call hands messages in. */
export function handsIn(call: Call | undefined): boolean {
  return call?.kind === 'deliver' || call?.kind === 'deliver-batch'
}

/** What the call hands in for the message of this digest; a call for a single one hands in that, whatever the digest. */
export function handedIn(call: Call | undefined, digest: Hash32): HandedIn | null {
  if (call?.kind === 'deliver') return { message: call.message, by: 'itself', proof: call.proof }
  if (call?.kind !== 'deliver-batch') return null
  const { messages, proof } = call
  const place = messages.findIndex((message) => messageDigest(message) === digest)
  const message = messages[place]
  return message === undefined ? null : { message, by: 'batch', proof, messages, place }
}

/** The signatures under a message; null where it is no word of verifiers that is handed in. */
export function signaturesOf(
  given: HandedIn | null,
): { readonly setIndex: number; readonly signatures: readonly VerifierSignature[] } | null {
  if (given === null || given.proof.kind !== 'quorum') return null
  if (given.by === 'itself') return given.proof as Extract<MessageProof, { kind: 'quorum' }>
  const { setIndex, signatures } = given.proof as Extract<BatchProof, { kind: 'quorum' }>
  return { setIndex, signatures: signatures[given.place] ?? [] }
}
