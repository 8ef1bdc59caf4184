// Schemas of a custodian's calls and events.
import { z } from 'zod'
import { type CustodianCall, MOST_ESTATE_CLAIMS } from '../derivatives/custodian-call.ts'
import type { CustodianEvent } from '../derivatives/custodian-event.ts'
import { schemaOf } from './exact.ts'
import { addressSchema, uint256Schema } from './scalars.ts'

export const custodianCallSchema = schemaOf<CustodianCall>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('halt-withdrawals'), custodian: addressSchema }),
    z.strictObject({
      kind: z.literal('wind-up-custodian'),
      custodian: addressSchema,
      claims: z
        .array(z.strictObject({ holder: addressSchema, amount: uint256Schema }))
        .max(MOST_ESTATE_CLAIMS)
        .readonly(),
    }),
    z.strictObject({ kind: z.literal('claim-estate'), custodian: addressSchema, holder: addressSchema }),
  ]),
)

export const custodianEventSchema = schemaOf<CustodianEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('withdrawals-halted'), custodian: addressSchema }),
    z.strictObject({
      kind: z.literal('custodian-wound-up'),
      custodian: addressSchema,
      assets: uint256Schema,
      owed: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('estate-claimed'),
      custodian: addressSchema,
      holder: addressSchema,
      claim: uint256Schema,
      paid: uint256Schema,
    }),
  ]),
)
