// The shape of a fund of assets outside the chain.
import { navPricings } from '@solvent/protocol'
import { z } from 'zod'
import { decimal, name, symbol, whole } from '../scenario/schema-scalars.ts'

export const navFundSchema = z.strictObject({
  chain: name,
  /** What redemptions are paid in. */
  asset: symbol,
  /** Its shares; their price outside is what they are worth. */
  share: symbol,
  /** Its answers are the marks: heartbeat and deviation of a feed are their schedule. */
  oracle: name,
  /** Coins at the start, whole units. */
  buffer: decimal,
  noticeSeconds: whole(0, 31_536_000).default(86_400),
  pricedAt: z.enum(navPricings).default('payment'),
  gateBps: whole(1, 10_000).default(10_000),
})
