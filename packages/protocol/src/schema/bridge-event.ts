// Schema of a bridge contract's events.
import { z } from 'zod'
import type { BridgeEvent } from '../bridge/bridge-event.ts'
import { revertReasons } from '../chain/revert-reason.ts'
import { bridgeMessageSchema } from './bridge.ts'
import { pauseAuthoritySchema } from './bridge-call.ts'
import { schemaOf } from './exact.ts'
import { deliveryEvidenceSchema } from './message-proof.ts'
import { addressSchema, hash32Schema, oneOf, uint32Schema, uint256Schema } from './scalars.ts'

export const bridgeEventSchema = schemaOf<BridgeEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('message-sent'), message: bridgeMessageSchema, digest: hash32Schema }),
    z.strictObject({
      kind: z.literal('message-delivered'),
      message: bridgeMessageSchema,
      digest: hash32Schema,
      evidence: deliveryEvidenceSchema,
    }),
    z.strictObject({
      kind: z.literal('message-conflict'),
      message: bridgeMessageSchema,
      digest: hash32Schema,
      known: hash32Schema,
    }),
    z.strictObject({
      kind: z.literal('message-skipped'),
      bridge: addressSchema,
      digest: hash32Schema,
      reason: oneOf(revertReasons),
    }),
    z.strictObject({
      kind: z.literal('bridge-transfer'),
      bridge: addressSchema,
      step: oneOf(['locked', 'burned', 'minted', 'released', 'pooled']),
      token: addressSchema,
      amount: uint256Schema,
      message: hash32Schema,
    }),
    z.strictObject({
      kind: z.literal('bridge-paused'),
      bridge: addressSchema,
      authority: pauseAuthoritySchema,
      until: uint32Schema,
    }),
    z.strictObject({
      kind: z.literal('bridge-unpaused'),
      bridge: addressSchema,
      authority: pauseAuthoritySchema,
    }),
  ]),
)
