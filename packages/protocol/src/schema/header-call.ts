// Schemas of the calls and events of a bridge's client of another chain.
import { z } from 'zod'
import { type HeaderCall, MAX_HEADERS } from '../bridge/header-call.ts'
import type { HeaderEvent } from '../bridge/header-event.ts'
import { headerForms } from '../network/bridge-spec.ts'
import { listOf, schemaOf } from './exact.ts'
import { signedHeaderSchema } from './header.ts'
import {
  addressSchema,
  chainIdSchema,
  countOrMinusOneSchema,
  countSchema,
  hash32Schema,
  oneOf,
} from './scalars.ts'

export const headerCallSchema = schemaOf<HeaderCall>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('submit-headers'),
      bridge: addressSchema,
      source: chainIdSchema,
      form: oneOf(headerForms),
      headers: listOf(signedHeaderSchema, MAX_HEADERS),
    }),
  ]),
)

export const headerEventSchema = schemaOf<HeaderEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('headers-accepted'),
      bridge: addressSchema,
      source: chainIdSchema,
      tip: hash32Schema,
      number: countSchema,
      provableTo: countOrMinusOneSchema,
    }),
    z.strictObject({
      kind: z.literal('client-frozen'),
      bridge: addressSchema,
      source: chainIdSchema,
      number: countSchema,
      header: hash32Schema,
    }),
  ]),
)
