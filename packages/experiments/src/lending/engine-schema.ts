// The shape of a lending pool's liquidation engine. Defaults are Maker's: of 2020 for English auctions (settlement.md §6: lots of 50 ETH
// and, unconfirmed, a raise of 3 %, bids of ten minutes, a penalty of 13 %), makerdao/dss's tests and examples for Dutch ones.
import { z } from 'zod'
import { bps, decimal, whole } from '../scenario/schema-scalars.ts'
import { lentAsset } from './lent-asset-schema.ts'

const seconds = whole(1, 31_536_000)

const ofAuctions = {
  /** On top of the debt that goes with a lot; for the treasury. */
  penaltyBps: bps.default(1_300),
  /** The largest lot of each collateral; of others all goes at once. */
  lots: z.record(lentAsset, decimal).default({}),
}

export const engineSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed-spread') }),
  z.strictObject({
    kind: z.literal('slow'),
    /** Of a debt at once; all of one that is worth less than 2,000. */
    partBps: whole(1, 5_000).default(1_000),
    /** Until the same account may be liquidated again. */
    intervalSeconds: seconds.default(300),
  }),
  z.strictObject({
    kind: z.literal('english'),
    ...ofAuctions,
    /** By which a bid is above the last one, or a lot below it. */
    raiseBps: bps.default(300),
    bidSeconds: seconds.default(600),
    auctionSeconds: seconds.default(21_600),
  }),
  z.strictObject({
    kind: z.literal('dutch'),
    ...ofAuctions,
    /** The first price, of the oracle's. */
    startBps: whole(1, 100_000).default(13_000),
    /** An auction that is older, or cheaper than this share of its start, must begin anew. */
    tailSeconds: seconds.default(8_400),
    floorBps: whole(0, 9_999).default(4_000),
    /** What a part may not leave less of to raise, in the coin of the debt. */
    dust: decimal.default('0'),
    decrease: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('linear'), seconds }),
        z.strictObject({
          kind: z.literal('steps'),
          keptBps: whole(1, 9_999).default(9_900),
          stepSeconds: seconds.default(90),
        }),
      ])
      .prefault({ kind: 'steps' }),
  }),
])
