// A solver of a scenario file: how it prices, what it holds, what it may risk, how it buys back what fills have drained.
import { type TenderStrategyName, tenderStrategyKinds } from '@solvent/strategies'
import { z } from 'zod'
import { amountsByChain, amountsBySymbol, bps, decimal, name, seconds, whole } from './schema-scalars.ts'
import { sourcingSchema } from './sourcing-schema.ts'

/** How a solver prices; the kinds and parameters of the strategies package. */
export const strategySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cost-plus'), marginBps: bps }),
  z.strictObject({ kind: z.literal('inventory-aware'), marginBps: bps, skewBps: bps }),
  z.strictObject({ kind: z.literal('undercutter'), marginBps: bps, floorBps: bps, shaveBps: bps }),
  z.strictObject({ kind: z.literal('risk-averse'), marginBps: bps, premiumBps: bps }),
  z.strictObject({
    kind: z.enum(Object.keys(tenderStrategyKinds) as [TenderStrategyName, ...TenderStrategyName[]]),
    /** Whole numbers by name; those left out take their usual values. */
    parameters: z.record(z.string(), z.number()).default({}),
    /** One of the file's rings, to which the solver belongs. */
    ring: name.optional(),
  }),
])

export const solverSchema = z.strictObject({
  strategy: strategySchema,
  /** How much more it gives for each order of a solution over several pairs of a batch. */
  bundleBps: bps.optional(),
  /** What it posts as its bond, where auctioneers ask for one; whole units. */
  bond: decimal.optional(),
  /** Chain → symbol → whole units held at the start. */
  inventory: amountsByChain,
  /** Symbol → whole units of that inventory that are borrowed. */
  borrowed: amountsBySymbol.default({}),
  risk: z
    .strictObject({
      /** Numeraire that may be outstanding on receivables of one bridge. */
      maxExposurePerBridge: decimal.default('1000000000'),
      maxConcurrentOrders: whole(1, 10_000).default(200),
      /** Declines assets of a bridge whose lock covers less of its claims; 0: does not look. */
      refuseBelowBackingBps: bps.default(0),
      /** Value tiers: up to this value in numeraire, the origin block needs at least this level; `preconfirmed` is a producer's promise, before any block. */
      confirmations: z
        .array(
          z.strictObject({ upTo: decimal, level: z.enum(['preconfirmed', 'unsafe', 'safe', 'finalized']) }),
        )
        .max(8)
        .default([{ upTo: '1000000000', level: 'unsafe' }]),
    })
    .prefault({}),
  rebalance: z
    .strictObject({
      bandBps: bps,
      cooldownSeconds: seconds,
      maxFeeBps: bps.default(100),
      maxWaitSeconds: seconds.default(31_536_000),
    })
    .optional(),
  /** Buys back on markets what fills have drained, and bids with what that costs. */
  sourcing: sourcingSchema.optional(),
})
