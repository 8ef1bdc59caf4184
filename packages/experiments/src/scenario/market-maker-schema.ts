// The shape of a market maker on a limit order book, spot or of perpetual futures: its money, its quotes, and when it stands aside or leaves.
import { z } from 'zod'
import { amountsBySymbol, decimal, name, whole } from './schema-scalars.ts'

const basisPoints = z.number().min(0).max(10_000)

export const marketMakerSchema = z.strictObject({
  /** A clearing house on whose book of that market it quotes; left out: a spot market. */
  house: name.optional(),
  /** A contract, by name; of a clearing house its market. */
  market: name,
  /** Whole units of the two assets that it makes the market with, beyond its gas money; of a clearing house margin in its coin. */
  inventory: amountsBySymbol,
  /** Between the outside price and its first level. */
  halfSpreadBps: basisPoints.default(10),
  levels: whole(1, 32).default(3),
  stepBps: basisPoints.default(10),
  /** Whole units of the first asset on each level. */
  size: decimal,
  /** Standard deviations of the outside price, from block to block, by which the spread is wider. */
  widening: z.number().min(0).max(100).default(1),
  /** Not above this deviation does it quote; left out: always. */
  standsAsideAboveBps: basisPoints.optional(),
  /** It leaves for good at this loss against holding its inventory; left out: never. */
  leavesAtLossBps: basisPoints.optional(),
  /** It quotes anew when the outside price has moved by so much. */
  requoteBps: basisPoints.default(5),
})
