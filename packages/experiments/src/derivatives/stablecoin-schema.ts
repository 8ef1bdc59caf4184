// The shape of an algorithmic stablecoin: its two coins, its virtual pools, and where it reads its token's price.
import { z } from 'zod'
import { decimal, name, symbol, whole } from '../scenario/schema-scalars.ts'

export const stablecoinSchema = z.strictObject({
  chain: name,
  stable: symbol,
  /** Burned for the stablecoin, and minted for it. */
  token: symbol,
  /** Depth of each virtual pool at rest, whole units of the stablecoin. */
  basePool: decimal,
  /** A block takes 1/n of the pool's distance from rest away. */
  recoveryBlocks: whole(1, 10_000_000),
  minSpreadBps: whole(0, 9_999),
  /** The market whose spot price of the token is believed; its other asset counts as the peg. */
  market: name,
})

export type ScenarioStablecoin = z.infer<typeof stablecoinSchema>
