// Random messages of bridges, their proofs and what contracts say of them.
import fc from 'fast-check'
import type { Attestation, BridgeMessage, BridgePayload } from '../../bridge/bridge-message.ts'
import type { FalseFill } from '../../bridge/false-fill.ts'
import { transferVotes } from '../../bridge/limiter-call.ts'
import type { BatchProof, DeliveryEvidence, MessageProof } from '../../bridge/message-proof.ts'
import type { VerifierSetTerms } from '../../bridge/verifier-set.ts'
import { contractFlaws, flawChanges } from '../../upgrade/contract-flaw.ts'
import { address, chainId, count, hash32, signature, uint32, uint256 } from './scalars.ts'

export const bridgePayload: fc.Arbitrary<BridgePayload> = fc.oneof(
  fc.record({ kind: fc.constant('transfer' as const), token: address, amount: uint256, recipient: address }),
  fc.record({
    kind: fc.constant('fill-proof' as const),
    orderId: hash32,
    payee: address,
    outputToken: address,
    outputAmount: uint256,
    recipient: address,
    filledAt: uint32,
  }),
  fc.record({
    kind: fc.constant('set-verifiers' as const),
    target: address,
    verifiers: fc.array(address, { maxLength: 4 }),
    threshold: count,
  }),
)

export const falseFill: fc.Arbitrary<FalseFill> = fc.record({
  bridge: address,
  srcChainId: chainId,
  settler: address,
  sequence: count,
  dstChainId: chainId,
  order: fc.oneof(
    fc.record({ by: fc.constant('nonce' as const), user: address, nonce: uint256 }),
    fc.record({ by: fc.constant('time' as const), openedFrom: uint32 }),
  ),
  payee: address,
})

export const bridgeMessage: fc.Arbitrary<BridgeMessage> = fc.record({
  bridge: address,
  srcChainId: chainId,
  emitter: address,
  sequence: count,
  dstChainId: chainId,
  payload: bridgePayload,
})

export const attestation: fc.Arbitrary<Attestation> = fc.record({
  bridge: address,
  srcChainId: chainId,
  emitter: address,
  sequence: count,
  dstChainId: chainId,
  payloadHash: hash32,
  setIndex: count,
})

const verifierSignature = fc.record({ verifier: address, signature })

export const messageProof: fc.Arbitrary<MessageProof> = fc.oneof(
  fc.record({
    kind: fc.constant('quorum' as const),
    setIndex: count,
    signatures: fc.array(verifierSignature, { maxLength: 4 }),
  }),
  fc.record({
    kind: fc.constant('bundle' as const),
    bundle: count,
    leaf: count,
    path: fc.array(hash32, { maxLength: 32 }),
  }),
  fc.record({
    kind: fc.constant('rollup-root' as const),
    block: count,
    header: hash32,
    leaf: count,
    path: fc.array(hash32, { maxLength: 32 }),
  }),
  fc.record({
    kind: fc.constant('header-inclusion' as const),
    header: hash32,
    leaf: count,
    path: fc.array(hash32, { maxLength: 4 }),
  }),
)

const batchPath = {
  leaves: fc.array(count, { maxLength: 4 }),
  siblings: fc.array(hash32, { maxLength: 8 }),
}

export const batchProof: fc.Arbitrary<BatchProof> = fc.oneof(
  fc.record({
    kind: fc.constant('quorum' as const),
    setIndex: count,
    signatures: fc.array(fc.array(verifierSignature, { maxLength: 4 }), { maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('bundle' as const), bundle: count, ...batchPath }),
  fc.record({ kind: fc.constant('rollup-root' as const), block: count, header: hash32, ...batchPath }),
  fc.record({ kind: fc.constant('header-inclusion' as const), header: hash32, ...batchPath }),
)

export const verifierSet: fc.Arbitrary<VerifierSetTerms> = fc.record({
  setIndex: count,
  verifiers: fc.array(address, { maxLength: 4 }),
  threshold: count,
})

export const deliveryEvidence: fc.Arbitrary<DeliveryEvidence> = fc.oneof(
  fc.record({
    kind: fc.constant('quorum' as const),
    setIndex: count,
    signers: fc.array(address, { maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant('bundle' as const), bundle: count }),
  fc.record({ kind: fc.constant('header-inclusion' as const), header: hash32, leaf: count }),
  fc.record({ kind: fc.constant('rollup-root' as const), block: count, header: hash32, leaf: count }),
)

export const bundleClaim = {
  bridge: address,
  lanes: fc.array(fc.record({ srcChainId: chainId, emitter: address, from: count, to: count }), {
    maxLength: 3,
  }),
  count,
  root: hash32,
}

export const upgrade = {
  contract: address,
  flaw: fc.constantFrom(...contractFlaws),
  change: fc.constantFrom(...flawChanges),
}

export const queued = { bridge: address, digest: hash32 }

export const vote = fc.constantFrom(...transferVotes)

export const authority = fc.constantFrom('issuer' as const, 'guardian' as const)

export const signedAttestation = fc.record({
  verifier: address,
  signature,
  attestation,
  message: bridgeMessage,
})
