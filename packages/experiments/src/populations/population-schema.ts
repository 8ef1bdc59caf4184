// The shape of a scenario's populations: many people at a lending pool, by the distributions that they are drawn from.
import { z } from 'zod'
import { lentAsset } from '../lending/lent-asset-schema.ts'
import { decimal, name, share, whole } from '../scenario/schema-scalars.ts'
import { lossAversionSchema } from './loss-aversion-schema.ts'
import { priceFallSchema } from './price-fall-schema.ts'

/** `share` of the people has at most `value`; straight lines between. */
/** Who has left comes back when the pressure has been below this part of its threshold for so long. */
export const returnsSchema = z.strictObject({
  below: z.number().gt(0).max(1),
  calmSeconds: whole(0, 31_536_000),
})

export const quantiles = z
  .array(z.strictObject({ share, value: z.number().min(0).max(1_000) }))
  .min(1)
  .max(40)

const people = {
  pool: name,
  count: whole(1, 200_000),
  /** Whole units that all of them have together: lent, or pledged. */
  amount: decimal,
  /** Of the logarithm of sizes; 0: all alike. */
  sizeSigma: z.number().min(0).max(4).default(1),
}

const suppliers = z.strictObject({
  kind: z.literal('suppliers'),
  ...people,
  asset: lentAsset,
  /** When they want their money back; left out: never. */
  run: z
    .strictObject({
      /** The least pressure at which people leave. */
      thresholds: quantiles,
      /** Pressure of everybody else having left. */
      herding: z.number().min(0).max(100).default(0),
      /** Pressure when all is lent out, and when all has been written off. */
      utilisation: z.number().min(0).max(100).default(0),
      badDebt: z.number().min(0).max(1_000).default(0),
      fall: priceFallSchema.optional(),
      /** What becomes public and how bad it is; the last one counts. */
      news: z
        .array(z.strictObject({ atSeconds: whole(0, 31_536_000), level: z.number().min(0).max(100) }))
        .max(100)
        .default([]),
      /** What of their money they sell as soon as they have it, at a market of the chain; left out: they keep it. */
      sell: z
        .strictObject({
          market: name,
          share,
          /** Between two sales of equal parts until the next look; left out: one sale a look. */
          everySeconds: whole(1, 86_400).optional(),
        })
        .optional(),
      /** How they feel what has been written off; left out: in proportion. */
      lossAversion: lossAversionSchema.optional(),
      /** They bring back what they have not sold when the pressure has been below this part of their threshold for so long; left out: never. */
      returns: returnsSchema.optional(),
      checkSeconds: whole(1, 86_400).default(600),
    })
    .optional(),
})

const borrowers = z.strictObject({
  kind: z.literal('borrowers'),
  ...people,
  collateral: lentAsset,
  debt: lentAsset,
  healthFactor: quantiles,
  /** Of those who watch their loans; left out: nobody does. */
  watch: z
    .strictObject({
      share,
      /** They act below this health factor, and pay back until it is `target`. */
      actsBelow: z.number().min(1).max(100),
      target: z.number().min(1).max(100),
      /** Part of its debt that each can pay back. */
      savings: z.number().min(0).max(1),
    })
    .optional(),
})

export const populationSchema = z.discriminatedUnion('kind', [suppliers, borrowers])
export type ScenarioPopulation = z.infer<typeof populationSchema>
export type ScenarioSuppliers = z.infer<typeof suppliers>
export type ScenarioBorrowers = z.infer<typeof borrowers>
