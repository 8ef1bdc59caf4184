// A user of a scenario file: how many orders, when, of what, on which terms.
import { chainPricings } from '@solvent/nodes'
import { auctionRules, MOST_CURVE_BLOCKS, MOST_CURVE_POINTS } from '@solvent/protocol'
import { z } from 'zod'
import { purchaseSchema } from '../derivatives/purchase-schema.ts'
import { amountsByChain, bps, decimal, name, seconds, share, symbol, whole } from './schema-scalars.ts'

const blockCurveSchema = z
  .array(z.strictObject({ blocks: whole(0, MOST_CURVE_BLOCKS), fallBps: whole(-10_000, 10_000) }))
  .min(1)
  .max(MOST_CURVE_POINTS)
  .refine(
    (points) => points.every(({ blocks }, index) => blocks > (points[index - 1]?.blocks ?? -1)),
    'points that ascend in blocks',
  )

export const userSchema = z.strictObject({
  /** Orders are signed at moments of a Poisson process in this interval; `orders` of them. */
  orders: whole(0, 100_000),
  fromSeconds: seconds.default(0),
  untilSeconds: seconds,
  /** Chain → symbol → whole units held at the start, beyond what the orders need (which is added). */
  holdings: amountsByChain.default({}),
  /** Order value in numeraire, log-uniform between the two. */
  value: z.strictObject({ from: decimal, to: decimal }),
  pairs: z
    .array(
      z.strictObject({
        from: z.strictObject({ chain: name, asset: symbol }),
        to: z.strictObject({ chain: name, asset: symbol }),
        prover: name,
        weight: whole(1, 1_000).default(1),
        /** What the output buys for the user when it is delivered. */
        buys: purchaseSchema.optional(),
      }),
    )
    .min(1)
    .max(256),
  /** The least output, below the fair value of the input. */
  slippageBps: z.strictObject({ from: bps, to: bps }).default({ from: 30, to: 100 }),
  award: z
    .strictObject({
      auctioneer: whole(0, 1_000).default(1),
      chain: whole(0, 1_000).default(0),
      user: whole(0, 1_000).default(0),
      /** Absent unless written. */
      parts: whole(0, 1_000).optional(),
    })
    .prefault({}),
  auction: z.enum(auctionRules).default('first-price'),
  /** Of orders that the chain awards. */
  chainPricing: z.enum(chainPricings).optional(),
  /** Where it is `block-dutch`: how much of the way from fair value to the least output is gone so many blocks after the start. */
  blockCurve: blockCurveSchema.optional(),
  /** Of orders that solvers take in parts. */
  leastPartBps: whole(1, 10_000).optional(),
  auctionSeconds: whole(1, 86_400).default(60),
  exclusivitySeconds: whole(1, 86_400).default(300),
  fillSeconds: whole(2, 604_800).default(900),
  expiresSeconds: whole(3, 2_592_000).default(7_200),
  cancelProbability: share.default(0),
})
