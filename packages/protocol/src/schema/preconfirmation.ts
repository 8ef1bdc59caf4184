// Schemas of promises of inclusion: the promise, the calls and the events about it.
import { z } from 'zod'
import type { Preconfirmation, SignedPreconfirmation } from '../preconfirmation/preconfirmation.ts'
import type { PreconfirmationCall } from '../preconfirmation/preconfirmation-call.ts'
import type { PreconfirmationEvent } from '../preconfirmation/preconfirmation-event.ts'
import { schemaOf } from './exact.ts'
import {
  addressSchema,
  chainIdSchema,
  countSchema,
  hash32Schema,
  signatureSchema,
  uint256Schema,
} from './scalars.ts'

const preconfirmationSchema = schemaOf<Preconfirmation>()(
  z.strictObject({
    chainId: chainIdSchema,
    producer: addressSchema,
    transactionHash: hash32Schema,
    sender: addressSchema,
    nonce: countSchema,
    block: countSchema,
  }),
)

export const signedPreconfirmationSchema = schemaOf<SignedPreconfirmation>()(
  z.strictObject({ preconfirmation: preconfirmationSchema, signature: signatureSchema }),
)

export const preconfirmationCallSchema = schemaOf<PreconfirmationCall>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('bond-preconfirmations'), amount: uint256Schema }),
    z.strictObject({ kind: z.literal('prove-broken-promise'), promise: signedPreconfirmationSchema }),
  ]),
)

export const preconfirmationEventSchema = schemaOf<PreconfirmationEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('preconfirmations-bonded'),
      producer: addressSchema,
      amount: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('promise-broken'),
      preconfirmation: preconfirmationSchema,
      amount: uint256Schema,
    }),
  ]),
)
