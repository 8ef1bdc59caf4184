// Schemas of bridge messages and of what verifiers sign.
import { z } from 'zod'
import type { Attestation, BridgeMessage, BridgePayload } from '../bridge/bridge-message.ts'
import type { SignedAttestation, VerifierSignature } from '../bridge/signed-attestation.ts'
import { MAX_VERIFIERS } from '../wire/limits.ts'
import { listOf, schemaOf } from './exact.ts'
import {
  addressSchema,
  chainIdSchema,
  countSchema,
  hash32Schema,
  signatureSchema,
  uint32Schema,
  uint256Schema,
} from './scalars.ts'

const bridgePayloadSchema = schemaOf<BridgePayload>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('transfer'),
      token: addressSchema,
      amount: uint256Schema,
      recipient: addressSchema,
    }),
    z.strictObject({
      kind: z.literal('fill-proof'),
      orderId: hash32Schema,
      payee: addressSchema,
      outputToken: addressSchema,
      outputAmount: uint256Schema,
      recipient: addressSchema,
      filledAt: uint32Schema,
    }),
    z.strictObject({
      kind: z.literal('set-verifiers'),
      target: addressSchema,
      verifiers: listOf(addressSchema, MAX_VERIFIERS),
      threshold: countSchema,
    }),
  ]),
)

export const bridgeMessageSchema = schemaOf<BridgeMessage>()(
  z.strictObject({
    bridge: addressSchema,
    srcChainId: chainIdSchema,
    emitter: addressSchema,
    sequence: countSchema,
    dstChainId: chainIdSchema,
    payload: bridgePayloadSchema,
  }),
)

export const attestationSchema = schemaOf<Attestation>()(
  z.strictObject({
    bridge: addressSchema,
    srcChainId: chainIdSchema,
    emitter: addressSchema,
    sequence: countSchema,
    dstChainId: chainIdSchema,
    payloadHash: hash32Schema,
    setIndex: countSchema,
  }),
)

export const verifierSignatureSchema = schemaOf<VerifierSignature>()(
  z.strictObject({ verifier: addressSchema, signature: signatureSchema }),
)

export const signedAttestationSchema = schemaOf<SignedAttestation>()(
  z.strictObject({
    verifier: addressSchema,
    signature: signatureSchema,
    attestation: attestationSchema,
    message: bridgeMessageSchema,
  }),
)
