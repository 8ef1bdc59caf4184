// Schema of a bridge contract's calls.
import { z } from 'zod'
import type { BridgeCall, PauseAuthority } from '../bridge/bridge-call.ts'
import { MAX_DELIVERIES, MAX_VERIFIERS } from '../wire/limits.ts'
import { bridgeMessageSchema } from './bridge.ts'
import { listOf, schemaOf } from './exact.ts'
import { batchProofSchema, messageProofSchema } from './message-proof.ts'
import { addressSchema, chainIdSchema, countSchema, oneOf, uint32Schema, uint256Schema } from './scalars.ts'

export const pauseAuthoritySchema = oneOf<PauseAuthority>(['issuer', 'guardian'])

export const bridgeCallSchema = schemaOf<BridgeCall>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('deliver'),
      message: bridgeMessageSchema,
      proof: messageProofSchema,
    }),
    z.strictObject({
      kind: z.literal('deliver-batch'),
      messages: listOf(bridgeMessageSchema, MAX_DELIVERIES),
      proof: batchProofSchema,
    }),
    z.strictObject({
      kind: z.literal('bridge-out'),
      bridge: addressSchema,
      token: addressSchema,
      amount: uint256Schema,
      dstChainId: chainIdSchema,
      recipient: addressSchema,
    }),
    z.strictObject({
      kind: z.literal('send-message'),
      bridge: addressSchema,
      dstChainId: chainIdSchema,
      target: addressSchema,
      verifiers: listOf(addressSchema, MAX_VERIFIERS),
      threshold: countSchema,
    }),
    z.strictObject({
      kind: z.literal('pause'),
      bridge: addressSchema,
      authority: pauseAuthoritySchema,
      until: uint32Schema,
    }),
    z.strictObject({ kind: z.literal('unpause'), bridge: addressSchema, authority: pauseAuthoritySchema }),
  ]),
)
