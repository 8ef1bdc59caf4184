// The shapes of crowds on markets: providers who leave as their losses grow, and traders who know nothing.
import { z } from 'zod'
import { lossAversionSchema } from '../populations/loss-aversion-schema.ts'
import { quantiles, returnsSchema } from '../populations/population-schema.ts'
import { amountsBySymbol, bps, decimal, name, share, whole } from './schema-scalars.ts'

/** Their market, or markets, name them as `provider`. */
export const providerCrowdSchema = z.strictObject({
  market: name,
  count: whole(1, 200_000),
  /** Of the logarithm of what each has provided; 0: all alike. */
  sizeSigma: z.number().min(0).max(4).default(1),
  /** The least pressure at which people leave. */
  thresholds: quantiles,
  /** Pressure of a loss of everything against holding, and of everybody else having left. */
  lossWeight: z.number().min(0).max(1_000).default(1),
  /** How they feel a loss; left out: in proportion. */
  lossAversion: lossAversionSchema.optional(),
  herding: z.number().min(0).max(100).default(0),
  /** They provide again with what they took out when the pressure has been below this part of their threshold for so long; left out: never. */
  returns: returnsSchema.optional(),
  checkSeconds: whole(1, 86_400).default(60),
})

export const traderSchema = z.strictObject({
  market: name,
  /** Whole units of the market's assets that all of them have, beyond gas money. */
  holdings: amountsBySymbol,
  perHour: z.number().gt(0).max(36_000),
  /** Whole units of the first asset, the mean of trades. */
  size: decimal,
  sizeSigma: z.number().min(0).max(4).default(1),
  /** How many of them sell the first asset. */
  sellShare: share.default(0.5),
  slippageBps: bps.default(100),
})
