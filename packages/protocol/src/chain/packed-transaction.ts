// The packed bytes of a transaction, field by field; calls but those of bridges' messages are written as values of any shape.
import {
  type Hash32,
  packedKeys,
  packInteger,
  packKeys,
  packList,
  packNumber,
  packText,
  packValue,
} from '@solvent/primitives'
import type { BatchPath, BatchProof, MessageProof } from '../bridge/message-proof.ts'
import type { VerifierSignature } from '../bridge/signed-attestation.ts'
import type { Call } from './call.ts'
import type { Transaction } from './transaction.ts'

const TRANSACTION = packedKeys(
  'call',
  'from',
  'nonce',
  'chainId',
  'gasLimit',
  'maxFeePerGas',
  'maxPriorityFeePerGas',
)
const DELIVER = packedKeys('kind', 'proof', 'message')
const DELIVER_BATCH = packedKeys('kind', 'proof', 'messages')
const BRIDGE_OUT = packedKeys('kind', 'token', 'amount', 'bridge', 'recipient', 'dstChainId')
const QUORUM = packedKeys('kind', 'setIndex', 'signatures')
const SIGNATURE = packedKeys('verifier', 'signature')
const HEADER_INCLUSION = packedKeys('kind', 'leaf', 'path', 'header')
const ROLLUP_ROOT = packedKeys('kind', 'leaf', 'path', 'block', 'header')
const BUNDLE = packedKeys('kind', 'leaf', 'path', 'bundle')
const BATCH_HEADER_INCLUSION = packedKeys('kind', 'header', 'leaves', 'siblings')
const BATCH_ROLLUP_ROOT = packedKeys('kind', 'block', 'header', 'leaves', 'siblings')
const BATCH_BUNDLE = packedKeys('kind', 'bundle', 'leaves', 'siblings')

/** The digest of the message that a delivery carries, or the digests of those of a batch: they count by them. */
export type CarriedDigests = Hash32 | readonly Hash32[]

/**
 * Writes a transaction.
 *
 * @param carried null for every call but deliveries
 */
export function packTransaction(transaction: Transaction, carried: CarriedDigests | null): void {
  const { call, from, nonce, chainId, gasLimit, maxFeePerGas, maxPriorityFeePerGas } = transaction
  const { signer, blobs, maxFeePerBlobGas } = transaction
  if (signer !== undefined || blobs !== undefined || maxFeePerBlobGas !== undefined)
    return packValue(carried === null ? transaction : { ...transaction, call: byDigest(call, carried) })
  packKeys(TRANSACTION)
  packCall(call, carried)
  packText(from)
  packNumber(nonce)
  packNumber(chainId)
  packNumber(gasLimit)
  packInteger(maxFeePerGas)
  packInteger(maxPriorityFeePerGas)
}

function byDigest(call: Call, carried: CarriedDigests): object {
  return typeof carried === 'string' ? { ...call, message: carried } : { ...call, messages: carried }
}

function packCall(call: Call, carried: CarriedDigests | null): void {
  if (call.kind === 'deliver' && typeof carried === 'string') {
    packKeys(DELIVER)
    packText(call.kind)
    packProof(call.proof)
    packText(carried)
  } else if (call.kind === 'deliver-batch' && carried !== null && typeof carried === 'object') {
    packKeys(DELIVER_BATCH)
    packText(call.kind)
    packBatchProof(call.proof)
    packTexts(carried)
  } else if (call.kind === 'bridge-out') {
    packKeys(BRIDGE_OUT)
    packText(call.kind)
    packText(call.token)
    packInteger(call.amount)
    packText(call.bridge)
    packText(call.recipient)
    packNumber(call.dstChainId)
  } else packValue(call)
}

function packProof(proof: MessageProof): void {
  if (proof.kind === 'quorum') {
    packKeys(QUORUM)
    packText(proof.kind)
    packNumber(proof.setIndex)
    return packSignatures(proof.signatures)
  }
  const { kind, leaf, path } = proof
  packKeys(kind === 'bundle' ? BUNDLE : kind === 'rollup-root' ? ROLLUP_ROOT : HEADER_INCLUSION)
  packText(kind)
  packNumber(leaf)
  packTexts(path)
  if (kind === 'bundle') return packNumber(proof.bundle)
  if (kind === 'rollup-root') packNumber(proof.block)
  packText(proof.header)
}

function packBatchProof(proof: BatchProof): void {
  const { kind } = proof
  if (kind === 'quorum') {
    packKeys(QUORUM)
    packText(kind)
    packNumber(proof.setIndex)
    packList(proof.signatures.length)
    for (const signatures of proof.signatures) packSignatures(signatures)
  } else if (kind === 'bundle') {
    packKeys(BATCH_BUNDLE)
    packText(kind)
    packNumber(proof.bundle)
    packBatchPath(proof)
  } else {
    packKeys(kind === 'rollup-root' ? BATCH_ROLLUP_ROOT : BATCH_HEADER_INCLUSION)
    packText(kind)
    if (kind === 'rollup-root') packNumber(proof.block)
    packText(proof.header)
    packBatchPath(proof)
  }
}

function packBatchPath({ leaves, siblings }: BatchPath): void {
  packList(leaves.length)
  for (let i = 0; i < leaves.length; i++) packNumber(leaves[i] as number)
  packTexts(siblings)
}

function packSignatures(signatures: readonly VerifierSignature[]): void {
  packList(signatures.length)
  for (const { verifier, signature } of signatures) {
    packKeys(SIGNATURE)
    packText(verifier)
    packText(signature)
  }
}

function packTexts(texts: readonly string[]): void {
  packList(texts.length)
  for (let i = 0; i < texts.length; i++) packText(texts[i] as string)
}
