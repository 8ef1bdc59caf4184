// Schema of the calls of a burn-and-mint asset's issuer.
import { z } from 'zod'
import type { IssuanceCall } from '../bridge/issuance-call.ts'
import { schemaOf } from './exact.ts'
import { addressSchema, uint256Schema } from './scalars.ts'

export const issuanceCallSchema = schemaOf<IssuanceCall>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('issue'),
      bridge: addressSchema,
      token: addressSchema,
      amount: uint256Schema,
      recipient: addressSchema,
    }),
    z.strictObject({
      kind: z.literal('redeem'),
      bridge: addressSchema,
      token: addressSchema,
      amount: uint256Schema,
    }),
  ]),
)
