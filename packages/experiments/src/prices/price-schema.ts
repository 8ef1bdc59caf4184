// The shape of where prices go: paths that the file fixes, and a factor model that draws them.
import { z } from 'zod'
import { decimal, symbol, whole } from '../scenario/schema-scalars.ts'

const point = z.strictObject({ atSeconds: whole(1, 31_536_000), price: decimal })

/** A volatility of a year: 0.8 is 80 %. */
const volatility = z.number().min(0).max(20)
const loading = z.number().min(-1).max(1)

const factor = z.strictObject({
  /** Between two draws. */
  stepSeconds: whole(1, 86_400).default(300),
  /** By symbol: how an asset moves with what moves all of them. */
  assets: z.record(
    symbol,
    z.strictObject({
      volatility,
      /** Correlation with the common factor in calm times; two assets correlate by the product of theirs. */
      loading,
      /** Growth of the expected price in a year. */
      drift: z.number().min(-20).max(20).default(0),
      /** Log-return for a change of the rate by one: −2 loses 2 % when the rate rises by a point. */
      rateBeta: z.number().min(-100).max(100).default(0),
    }),
  ),
  /** Stress and calm take turns; left out: always calm. */
  stress: z
    .strictObject({
      /** How many times the volatility of calm times. */
      volatilityTimes: z.number().min(1).max(20),
      /** The part of what is left between a loading and one that goes. */
      loadingShift: z.number().min(0).max(1),
      /** Begins so often in a day of calm, and lasts so long on average. */
      perDay: z.number().min(0).max(1_000).default(0),
      meanHours: z.number().min(0.01).max(10_000).default(6),
      /** Times at which it is there whatever is drawn. */
      windows: z
        .array(z.strictObject({ fromSeconds: whole(0, 31_536_000), untilSeconds: whole(1, 31_536_000) }))
        .max(100)
        .default([]),
    })
    .optional(),
  /** The short rate; left out: it does not move. */
  rate: z
    .strictObject({
      start: z.number().min(-1).max(10),
      /** Where it is drawn to, and how fast: by a year, e^(−speed) of a distance is left. */
      mean: z.number().min(-1).max(10),
      speed: z.number().min(0).max(1_000),
      volatility: z.number().min(0).max(5),
      /** With the common factor. */
      loading: loading.default(0),
    })
    .optional(),
})

export const pricesSchema = z.strictObject({
  /** By symbol, in order of time; in a straight line from the asset's price to the first point and on. */
  paths: z.record(symbol, z.array(point).min(1).max(10_000)).default({}),
  /** Whose path is part of the shock of a study; left out: all, where nothing else is a shock. A run is the same with it and without. */
  shock: z.array(symbol).max(100).optional(),
  factor: factor.optional(),
})

export type PricesSection = z.infer<typeof pricesSchema>
export type FactorModel = NonNullable<PricesSection['factor']>
