// Schema of the events of a burn-and-mint asset's issuer.
import { z } from 'zod'
import type { IssuanceEvent } from '../bridge/issuance-event.ts'
import { schemaOf } from './exact.ts'
import { addressSchema, uint256Schema } from './scalars.ts'

export const issuanceEventSchema = schemaOf<IssuanceEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('asset-issued'),
      bridge: addressSchema,
      token: addressSchema,
      amount: uint256Schema,
      recipient: addressSchema,
    }),
    z.strictObject({
      kind: z.literal('asset-redeemed'),
      bridge: addressSchema,
      token: addressSchema,
      amount: uint256Schema,
      holder: addressSchema,
    }),
  ]),
)
