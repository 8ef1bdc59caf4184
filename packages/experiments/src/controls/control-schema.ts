// The shape of a scenario's controls. Each is on because it stands here: leave it out and the run is the one without it.

import { reserveStatuses, stoppableActions, tokenPowers } from '@solvent/protocol'
import { z } from 'zod'
import { lentAsset } from '../lending/lent-asset-schema.ts'
import { bps, cap, decimal, name, symbol, whole } from '../scenario/schema-scalars.ts'
import { discountWindowSchema } from './discount-window-schema.ts'

/** What a control guards: one of the two. */
const guarded = { market: name.optional(), pool: name.optional() }
const seconds = whole(1, 31_536_000)
const delay = whole(0, 31_536_000).default(0)

const breaker = z.strictObject({
  ...guarded,
  /** An oracle of the chain; default: the price of the guarded pair. */
  oracle: name.optional(),
  moveBps: whole(1, 1_000_000),
  windowSeconds: seconds,
  haltSeconds: seconds,
  /** Default: swaps of a market; withdrawals, loans and liquidations of a pool. */
  stops: z.array(z.enum(stoppableActions)).min(1).max(stoppableActions.length).optional(),
})

const outflowLimit = z.strictObject({
  ...guarded,
  /** Of the market, or a reserve of the pool. */
  asset: lentAsset,
  /** Whole units. */
  amount: decimal,
  windowSeconds: seconds,
})

const terms = {
  ltvBps: bps.optional(),
  liquidationThresholdBps: bps.optional(),
  /** Whole units; 0: none. */
  supplyCap: cap.optional(),
  borrowCap: cap.optional(),
  status: z.enum(reserveStatuses).optional(),
}

const authority = z.strictObject({
  chain: name,
  members: whole(1, 31).default(1),
  /** Votes of each member, such as tokens that it votes with; default: one each. */
  weights: z.array(whole(1, 1_000_000_000)).max(31).optional(),
  /** Whoever holds an asset proposes and votes; members hold as many whole units of it as they have `weights`. */
  vote: z
    .strictObject({
      asset: symbol,
      /** Whole units that a proposer has to hold. */
      proposalThreshold: decimal,
      /** Whole units of votes for a measure that carry it, if there are fewer against. */
      quorum: decimal,
      periodSeconds: seconds,
    })
    .optional(),
  /** Votes that carry a measure; default: more than half of all. */
  quorum: whole(1, 31_000_000_000).optional(),
  votingDelaySeconds: delay,
  executionDelaySeconds: delay,
  /** Lending pools whose terms it may set. */
  pools: z.array(name).max(64).default([]),
  bounds: z
    .strictObject({ maxStepBps: whole(1, 10_000), minIntervalSeconds: whole(0, 31_536_000) })
    .optional(),
  /** When an oracle's answer falls so far within a window, the terms of a reserve are to become these. */
  rules: z
    .array(
      z.strictObject({
        pool: name,
        asset: lentAsset,
        oracle: name,
        fallBps: whole(1, 10_000),
        windowSeconds: seconds,
        ...terms,
      }),
    )
    .max(64)
    .default([]),
  /** Loan-to-values that follow the realised volatility of an oracle. */
  ratios: z
    .array(
      z.strictObject({
        pool: name,
        asset: lentAsset,
        oracle: name,
        /** Returns are of so long. */
        intervalSeconds: seconds,
        /** RiskMetrics 1996: 0.94 for days. */
        decayBps: whole(0, 9_999).default(9_400),
        /** Hundredths of a standard deviation. */
        deviationsE2: whole(1, 10_000).default(233),
        horizonIntervals: whole(1, 1_000).default(1),
        floorLtvBps: bps.default(0),
        leastStepBps: whole(1, 10_000).default(100),
      }),
    )
    .max(64)
    .default([]),
  /** Assets that it may restrict, and how. */
  assets: z.record(symbol, z.array(z.enum(tokenPowers)).min(1).max(tokenPowers.length)).default({}),
  /** Participants within whose accounts alone it may reach; default: everybody's. */
  accounts: z.array(name).min(1).max(1_000).optional(),
})

/** One view of a borrower over several places. */
const collateralCheck = z.strictObject({
  /** Lending pools and isolated markets of one chain. */
  pools: z.array(name).min(1).max(64),
  asset: symbol,
  /** So much may stand behind the loans of one account in all of them, receipts and shares of pairs looked through. */
  most: decimal,
})

export const controlsSchema = z.strictObject({
  collateralChecks: z.record(name, collateralCheck).default({}),
  breakers: z.record(name, breaker).default({}),
  outflowLimits: z.record(name, outflowLimit).default({}),
  /** Who may decide on terms of pools, and on who may move an asset. */
  authorities: z.record(name, authority).default({}),
  /** Who lends last. */
  discountWindows: z.record(name, discountWindowSchema).default({}),
})

export type ScenarioControls = z.infer<typeof controlsSchema>
export type ScenarioBreaker = ScenarioControls['breakers'][string]
export type ScenarioAuthority = ScenarioControls['authorities'][string]
export type ScenarioOutflowLimit = ScenarioControls['outflowLimits'][string]
export type ScenarioCollateralCheck = ScenarioControls['collateralChecks'][string]
