// The shape of a clearing house of perpetual futures and its markets.
import { z } from 'zod'
import { bps, decimal, name, symbol, whole } from '../scenario/schema-scalars.ts'

const perpetualMarket = z.strictObject({
  /** The underlying; its price at the start is where the virtual reserves stand. */
  asset: symbol,
  oracle: name,
  venue: z.enum(['virtual-amm', 'order-book']).default('virtual-amm'),
  /** Of a virtual market maker: its quote reserve at the start, whole units of the coin of settlement. */
  depth: decimal.optional(),
  /** Of an order book: whole units of the underlying, and of the coin of settlement for one of it. */
  lot: decimal.optional(),
  tick: decimal.optional(),
  initialMarginBps: whole(1, 10_000).default(1_000),
  maintenanceMarginBps: whole(1, 10_000).default(625),
  /** Margins that follow the volatility of the index from one funding interval to the next; the initial margin is their floor. */
  dynamicMargin: z
    .strictObject({
      /** RiskMetrics 1996: 0.94 for days. */
      decayBps: whole(0, 9_999).default(9_400),
      /** Hundredths: 2.33 is exceeded once in a hundred on one side, if returns are normal. */
      deviationsE2: whole(1, 10_000).default(233),
      horizonIntervals: whole(1, 1_000).default(1),
      capBps: whole(1, 10_000).default(5_000),
    })
    .optional(),
  tradeFeeBps: bps.default(10),
  liquidationFeeBps: bps.default(125),
  /** Positions are weighed at what closing them would bring or the middle of the book, or at the index. */
  mark: z.enum(['venue', 'index']).default('venue'),
  funding: z
    .strictObject({
      intervalSeconds: whole(1, 31_536_000).default(28_800),
      /** An interval, and how far the rate may differ from the premium toward it. */
      interest: decimal.default('0.0001'),
      clamp: decimal.default('0.0005'),
      cap: decimal.default('0.02'),
    })
    .prefault({}),
})

export const perpetualSchema = z.strictObject({
  chain: name,
  /** The coin of settlement. */
  asset: symbol,
  /** In the insurance fund at the start. */
  fund: decimal.default('0'),
  /** Nodes that end funding intervals and liquidate. */
  keepers: whole(0, 16).default(1),
  markets: z.record(name, perpetualMarket),
})

export type ScenarioPerpetual = z.infer<typeof perpetualSchema>
