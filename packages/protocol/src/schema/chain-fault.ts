// Schemas of what operators do to a chain: its outages, its censorship, the demand for its room, its finality.
import { z } from 'zod'
import { type Censorship, censorshipModes, type DeclaredCensorship } from '../network/censorship.ts'
import type { FinalityViolation } from '../network/finality-violation.ts'
import { type MarketDemand, marketResources } from '../network/market-demand.ts'
import { outageModes, type SequencerOutage } from '../network/outage.ts'
import { MAX_NAMES } from '../wire/limits.ts'
import { signedTransactionSchema } from './call.ts'
import { listOf, schemaOf } from './exact.ts'
import {
  addressSchema,
  chainIdSchema,
  countSchema,
  nodeIdSchema,
  oneOf,
  textSchema,
  uint32Schema,
} from './scalars.ts'

export const outageSchema = schemaOf<SequencerOutage>()(
  z.strictObject({
    chainId: chainIdSchema,
    producer: nodeIdSchema,
    mode: oneOf(outageModes),
    fromMs: countSchema,
    untilMs: countSchema,
  }),
)

const censorship = {
  chainId: chainIdSchema,
  mode: oneOf(censorshipModes),
  senders: listOf(addressSchema, MAX_NAMES),
  calls: listOf(textSchema, MAX_NAMES),
  sharePercent: countSchema,
  untilMs: countSchema,
}

export const censorshipSchema = schemaOf<Censorship>()(z.strictObject(censorship))

export const declaredCensorshipSchema = schemaOf<DeclaredCensorship>()(
  z.strictObject({ ...censorship, fromMs: countSchema }),
)

export const marketDemandSchema = schemaOf<MarketDemand>()(
  z.strictObject({
    chainId: chainIdSchema,
    resource: oneOf(marketResources),
    percent: countSchema,
    untilMs: countSchema,
  }),
)

export const finalityViolationSchema = schemaOf<FinalityViolation>()(
  z.strictObject({
    chainId: chainIdSchema,
    slot: countSchema,
    followed: uint32Schema,
    hidden: uint32Schema,
    without: listOf(addressSchema, MAX_NAMES),
    conflicting: listOf(signedTransactionSchema, MAX_NAMES),
    untilMs: countSchema,
  }),
)
