// Schemas of what is asked of authorities, and of what controls say.
import { z } from 'zod'
import type { AuthorityCall } from '../controls/authority-call.ts'
import { voteSupports } from '../controls/authority-votes.ts'
import type { ControlEvent } from '../controls/control-event.ts'
import { type Measure, reserveStatuses, type TermsChange } from '../controls/measure.ts'
import { orNull, schemaOf } from './exact.ts'
import { addressSchema, countSchema, oneOf, uint256Schema } from './scalars.ts'

const termsChangeSchema = schemaOf<TermsChange>()(
  z.strictObject({
    ltvBps: orNull(uint256Schema),
    liquidationThresholdBps: orNull(uint256Schema),
    supplyCap: orNull(uint256Schema),
    borrowCap: orNull(uint256Schema),
    status: orNull(oneOf(reserveStatuses)),
  }),
)

export const measureSchema = schemaOf<Measure>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('set-terms'),
      pool: addressSchema,
      token: addressSchema,
      change: termsChangeSchema,
    }),
    z.strictObject({
      kind: z.literal(['freeze', 'unfreeze']),
      token: addressSchema,
      account: addressSchema,
    }),
    z.strictObject({
      kind: z.literal('claw-back'),
      token: addressSchema,
      account: addressSchema,
      amount: uint256Schema,
      to: addressSchema,
    }),
    z.strictObject({ kind: z.literal(['halt', 'resume']), token: addressSchema }),
  ]),
)

const ofProposal = { authority: addressSchema, proposal: countSchema }

export const authorityCallSchema = schemaOf<AuthorityCall>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('propose-measure'), authority: addressSchema, measure: measureSchema }),
    z.strictObject({
      kind: z.literal('vote-measure'),
      ...ofProposal,
      support: oneOf(voteSupports).optional(),
    }),
    z.strictObject({ kind: z.literal('enact-measure'), ...ofProposal }),
  ]),
)

export const controlEventSchema = schemaOf<ControlEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('breaker-tripped'),
      breaker: addressSchema,
      guarded: addressSchema,
      reference: uint256Schema,
      price: uint256Schema,
      haltedUntil: countSchema,
    }),
    z.strictObject({
      kind: z.literal('measure-proposed'),
      ...ofProposal,
      member: addressSchema,
      measure: measureSchema,
    }),
    z.strictObject({
      kind: z.literal('measure-voted'),
      ...ofProposal,
      member: addressSchema,
      cast: z.strictObject({ support: oneOf(voteSupports), votes: uint256Schema }).optional(),
    }),
    z.strictObject({ kind: z.literal('measure-enacted'), ...ofProposal, measure: measureSchema }),
    z.strictObject({
      kind: z.literal('reserve-terms-set'),
      pool: addressSchema,
      token: addressSchema,
      ltvBps: uint256Schema,
      liquidationThresholdBps: uint256Schema,
      supplyCap: uint256Schema,
      borrowCap: uint256Schema,
      status: oneOf(reserveStatuses),
    }),
  ]),
)
