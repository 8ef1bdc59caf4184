// The shape of a scenario's isolated markets, in Morpho Blue's words.
import { z } from 'zod'
import { bps, decimal, name, symbol, whole } from '../scenario/schema-scalars.ts'
import { lentAsset } from './lent-asset-schema.ts'

const rate = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('adaptive-curve'),
    /** A year at 90 % usage when the run begins; Morpho's markets begin with 4 %. */
    atTargetBps: whole(1, 1_000_000).default(400),
  }),
  z.strictObject({ kind: z.literal('fixed'), yearlyBps: whole(0, 1_000_000) }),
])

const position = z.strictObject({
  /** Of the loan, lent. */
  supplied: decimal.default('0'),
  /** Of the collateral, pledged. */
  collateral: decimal.default('0'),
  borrowed: decimal.default('0'),
})

export const isolatedMarketSchema = z.strictObject({
  chain: name,
  loan: symbol,
  /** As in a pool: an asset, shares, or a receipt. */
  collateral: lentAsset,
  /** Of the collateral and of the loan: the market's price is their quotient. */
  oracle: name,
  loanOracle: name,
  /** An answer that is older is refused; default: the oracle's heartbeat and a tenth, two minutes at least. Morpho's own oracle asks for no age. */
  maxAgeSeconds: whole(0, 31_536_000).optional(),
  /** Liquidation loan-to-value: bounds a loan when it is taken, too. */
  lltvBps: bps,
  /** Of the interest. */
  feeBps: bps.default(0),
  rate: rate.prefault({ kind: 'adaptive-curve' }),
  /** By participant, or any other name for an account that does nothing. */
  positions: z.record(name, position).default({}),
})
export type ScenarioIsolatedMarket = z.infer<typeof isolatedMarketSchema>
