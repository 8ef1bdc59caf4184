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
import type { MessageProof } from '../bridge/message-proof.ts'
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
const BRIDGE_OUT = packedKeys('kind', 'token', 'amount', 'bridge', 'recipient', 'dstChainId')
const QUORUM = packedKeys('kind', 'setIndex', 'signatures')
const SIGNATURE = packedKeys('verifier', 'signature')
const HEADER_INCLUSION = packedKeys('kind', 'leaf', 'path', 'header')
const ROLLUP_ROOT = packedKeys('kind', 'leaf', 'path', 'block', 'header')
const BUNDLE = packedKeys('kind', 'leaf', 'path', 'bundle')

/**
 * Writes a transaction.
 *
 * @param message the digest of the message that a delivery carries, which counts by it; null for every other call
 */
export function packTransaction(transaction: Transaction, message: Hash32 | null): void {
  const { call, from, nonce, chainId, gasLimit, maxFeePerGas, maxPriorityFeePerGas } = transaction
  const { signer, blobs, maxFeePerBlobGas } = transaction
  if (signer !== undefined || blobs !== undefined || maxFeePerBlobGas !== undefined)
    return packValue(message === null ? transaction : { ...transaction, call: { ...call, message } })
  packKeys(TRANSACTION)
  packCall(call, message)
  packText(from)
  packNumber(nonce)
  packNumber(chainId)
  packNumber(gasLimit)
  packInteger(maxFeePerGas)
  packInteger(maxPriorityFeePerGas)
}

function packCall(call: Call, message: Hash32 | null): void {
  if (call.kind === 'deliver' && message !== null) {
    packKeys(DELIVER)
    packText(call.kind)
    packProof(call.proof)
    packText(message)
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
    const { setIndex, signatures } = proof
    packKeys(QUORUM)
    packText(proof.kind)
    packNumber(setIndex)
    packList(signatures.length)
    for (const { verifier, signature } of signatures) {
      packKeys(SIGNATURE)
      packText(verifier)
      packText(signature)
    }
    return
  }
  const { kind, leaf, path } = proof
  packKeys(kind === 'bundle' ? BUNDLE : kind === 'rollup-root' ? ROLLUP_ROOT : HEADER_INCLUSION)
  packText(kind)
  packNumber(leaf)
  packList(path.length)
  for (let i = 0; i < path.length; i++) packText(path[i] as Hash32)
  if (kind === 'bundle') return packNumber(proof.bundle)
  if (kind === 'rollup-root') packNumber(proof.block)
  packText(proof.header)
}
