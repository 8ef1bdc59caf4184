// Schemas of a bridge's limiter: its calls and events.
import { z } from 'zod'
import { type LimiterCall, type TransferVote, transferVotes } from '../bridge/limiter-call.ts'
import { type LimiterEvent, type ReleaseCause, releaseCauses } from '../bridge/limiter-event.ts'
import { bridgeMessageSchema } from './bridge.ts'
import { schemaOf } from './exact.ts'
import { deliveryEvidenceSchema } from './message-proof.ts'
import { addressSchema, hash32Schema, oneOf, uint32Schema, uint256Schema } from './scalars.ts'

export const transferVoteSchema = oneOf<TransferVote>(transferVotes)
const queued = { bridge: addressSchema, digest: hash32Schema }
const priced = { bridge: addressSchema, token: addressSchema, priceE8: uint256Schema }

export const limiterCallSchema = schemaOf<LimiterCall>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('release-transfer'), ...queued }),
    z.strictObject({ kind: z.literal('vote-transfer'), ...queued, vote: transferVoteSchema }),
    z.strictObject({ kind: z.literal('price-token'), ...priced }),
  ]),
)

export const limiterEventSchema = schemaOf<LimiterEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('transfer-queued'),
      message: bridgeMessageSchema,
      digest: hash32Schema,
      evidence: deliveryEvidenceSchema,
      valueE8: uint256Schema,
      releaseAt: uint32Schema,
    }),
    z.strictObject({
      kind: z.literal('transfer-released'),
      ...queued,
      cause: oneOf<ReleaseCause>(releaseCauses),
    }),
    z.strictObject({
      kind: z.literal('transfer-voted'),
      ...queued,
      vote: transferVoteSchema,
      voter: addressSchema,
    }),
    z.strictObject({ kind: z.literal('transfer-censored'), ...queued }),
    z.strictObject({ kind: z.literal('token-priced'), ...priced }),
  ]),
)
