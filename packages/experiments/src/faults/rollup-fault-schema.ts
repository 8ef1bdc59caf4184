// The shape of what rollups do wrong on their L1.
import { z } from 'zod'
import { decimal, name, symbol, whole } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

const forSeconds = whole(1, 2_592_000)

const invalidRoot = z.strictObject({
  kind: z.literal('invalid-root'),
  ...faultTime,
  chain: name,
  /** Who proposes it; default: the rollup's first producer. */
  by: name.optional(),
  /** A false exit: the root says that this much of an asset was sent home over the rollup's own bridge. All three or none. */
  bridge: name.optional(),
  asset: symbol.optional(),
  amount: decimal.optional(),
})
const challengeGriefing = z.strictObject({
  kind: z.literal('challenge-griefing'),
  ...faultTime,
  chain: name,
  /** How many of the next roots are challenged, right or wrong. */
  roots: whole(1, 1_000).default(1),
})
const batchOutage = z.strictObject({ kind: z.literal('batch-outage'), ...faultTime, chain: name, forSeconds })
const batchRepeated = z.strictObject({ kind: z.literal('batch-repeated'), ...faultTime, chain: name })
const proposerOutage = z.strictObject({
  kind: z.literal('proposer-outage'),
  ...faultTime,
  chain: name,
  forSeconds,
})
const proverOutage = z.strictObject({
  kind: z.literal('prover-outage'),
  ...faultTime,
  chain: name,
  forSeconds,
})
const withholdData = z.strictObject({
  kind: z.literal('withhold-data'),
  ...faultTime,
  chain: name,
  forSeconds,
})

export const rollupFaultSchemas = [
  invalidRoot,
  challengeGriefing,
  batchOutage,
  batchRepeated,
  proposerOutage,
  proverOutage,
  withholdData,
] as const
