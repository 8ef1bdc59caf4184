// Schemas of an optimistic bridge's calls and events.
import { z } from 'zod'
import { MAX_BUNDLE_LANES, type MessageLane } from '../bridge/bundle.ts'
import type { BundleCall } from '../bridge/bundle-call.ts'
import type { BundleEvent } from '../bridge/bundle-event.ts'
import { listOf, schemaOf } from './exact.ts'
import { addressSchema, chainIdSchema, countSchema, hash32Schema, uint32Schema } from './scalars.ts'

const laneSchema = schemaOf<MessageLane>()(
  z.strictObject({
    srcChainId: chainIdSchema,
    emitter: addressSchema,
    from: countSchema,
    to: countSchema,
  }),
)

const claim = {
  bridge: addressSchema,
  lanes: listOf(laneSchema, MAX_BUNDLE_LANES),
  count: countSchema,
  root: hash32Schema,
}
const named = { bridge: addressSchema, bundle: countSchema }

export const bundleCallSchema = schemaOf<BundleCall>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('propose-bundle'), ...claim }),
    z.strictObject({ kind: z.literal('dispute-bundle'), ...named }),
    z.strictObject({ kind: z.literal('rule-on-bundle'), ...named, upheld: z.boolean() }),
  ]),
)

export const bundleEventSchema = schemaOf<BundleEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('bundle-proposed'),
      ...claim,
      bundle: countSchema,
      proposer: addressSchema,
      openUntil: uint32Schema,
    }),
    z.strictObject({
      kind: z.literal('bundle-disputed'),
      ...named,
      disputer: addressSchema,
      ruledFrom: uint32Schema,
    }),
    z.strictObject({
      kind: z.literal('bundle-ruled'),
      ...named,
      upheld: z.boolean(),
      winner: addressSchema,
    }),
  ]),
)
