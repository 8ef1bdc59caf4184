// Deliveries of single messages as one batch: what their proofs have in common is handed in once.
import type { BatchProof, BridgeMessage, Call, MessageProof } from '@solvent/protocol'
import { joinPaths } from './outbox/batch-proof.ts'

/** A message, and what makes it believed by itself. */
export interface SingleDelivery {
  readonly message: BridgeMessage
  readonly proof: MessageProof
}

type TreeProof = Exclude<MessageProof, { kind: 'quorum' }>

/** Tells which batch a delivery may be part of: one lane, and one set of signers or one tree. */
export function batchKeyOf({ message, proof }: SingleDelivery): string {
  const { bridge, srcChainId, emitter, dstChainId } = message
  return [bridge, srcChainId, emitter, dstChainId, proof.kind, wordOf(proof)].join('/')
}

/**
 * One batch of deliveries with one key, in the order in which they were sent.
 *
 * @param deliveries at least one, no message twice
 */
export function joinDeliveries(
  deliveries: readonly SingleDelivery[],
): Extract<Call, { kind: 'deliver-batch' }> {
  const ordered = [...deliveries].sort((a, b) => placeOf(a) - placeOf(b))
  return {
    kind: 'deliver-batch',
    messages: ordered.map(({ message }) => message),
    proof: joinProofs(ordered.map(({ proof }) => proof)),
  }
}

function joinProofs(proofs: readonly MessageProof[]): BatchProof {
  const first = proofs[0] as MessageProof
  if (first.kind === 'quorum') {
    const { kind, setIndex } = first
    return { kind, setIndex, signatures: (proofs as (typeof first)[]).map(({ signatures }) => signatures) }
  }
  const path = joinPaths(proofs as TreeProof[])
  switch (first.kind) {
    case 'bundle':
      return { kind: first.kind, bundle: first.bundle, ...path }
    case 'header-inclusion':
      return { kind: first.kind, header: first.header, ...path }
    case 'rollup-root':
      return { kind: first.kind, block: first.block, header: first.header, ...path }
  }
}

/** On whose word a proof rests: a set of verifiers, or a tree. */
function wordOf(proof: MessageProof): string | number {
  switch (proof.kind) {
    case 'quorum':
      return proof.setIndex
    case 'bundle':
      return proof.bundle
    case 'header-inclusion':
      return proof.header
    case 'rollup-root':
      return `${proof.block}/${proof.header}`
  }
}

/** In its tree, or under signatures in its lane. */
function placeOf({ message, proof }: SingleDelivery): number {
  return proof.kind === 'quorum' ? message.sequence : proof.leaf
}
