// The shape of a wrapped asset that loses its peg because its holders sell.
import { z } from 'zod'
import { name, symbol, whole } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

/** The catalogue of faults has falls of 1 to 60 %, in a step or a spiral, of all wraps of one bridge together. */
const depeg = z.strictObject({
  kind: z.literal('depeg'),
  ...faultTime,
  bridge: name,
  /** Default: every asset of the bridge. */
  asset: symbol.optional(),
  /** Of the price when it begins. */
  bps: whole(-6_000, -100),
  /** An actor who holds the wraps wherever they trade. */
  seller: name,
  /** One is a step; more are a spiral of sales, each an equal part of the fall. */
  waves: whole(1, 100).default(1),
  everySeconds: whole(1, 86_400).default(60),
})

export const depegFaultSchemas = [depeg] as const
