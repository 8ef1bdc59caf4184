// The shape of a scenario file. What the names mean across the file (references, ranges that depend on each
// other) is checked in scenario-check.ts. Amounts are decimal strings of whole units; times carry their unit.

import { z } from 'zod'
import { actorSchema } from '../actors/actor-schema.ts'
import { controlsSchema } from '../controls/control-schema.ts'
import { coverSchema } from '../derivatives/cover-schema.ts'
import { custodianSchema } from '../derivatives/custodian-schema.ts'
import { navFundSchema } from '../derivatives/nav-fund-schema.ts'
import { hedgerSchema, optionDeskSchema } from '../derivatives/option-schema.ts'
import { perpetualSchema } from '../derivatives/perpetual-schema.ts'
import { stablecoinSchema } from '../derivatives/stablecoin-schema.ts'
import { faultSchema } from '../faults/fault-schema.ts'
import { isolatedMarketSchema } from '../lending/isolated-market-schema.ts'
import { keeperSchema, lendingPoolSchema } from '../lending/lending-schema.ts'
import { oracleSchema } from '../oracles/oracle-schema.ts'
import { populationSchema } from '../populations/population-schema.ts'
import { pricesSchema } from '../prices/price-schema.ts'
import { accomplicesSchema } from './accomplice-schema.ts'
import { arbitrageurSchema } from './arbitrageur-schema.ts'
import { auctionTermsSchema } from './auction-terms-schema.ts'
import { bridgeSchema } from './bridge-schema.ts'
import { chainSchema, sharedSequencerSchema } from './chain-schema.ts'
import { expectationSchema, incidentSchema } from './expectation-schema.ts'
import { providerCrowdSchema, traderSchema } from './market-crowd-schema.ts'
import { marketMakerSchema } from './market-maker-schema.ts'
import { marketSchema } from './market-schema.ts'
import { presetBranch } from './presets/preset-json-schema.ts'
import { decimal, name, seconds, share, symbol, whole } from './schema-scalars.ts'
import { solverSchema } from './solver-schema.ts'
import { userSchema } from './user-schema.ts'

const asset = z.strictObject({
  decimals: whole(0, 18),
  /** Chain → its decimals there, where they are others. */
  decimalsOn: z.record(name, whole(0, 18)).default({}),
  /** Numeraire per whole unit at the start. */
  price: decimal,
  /** Whole units in existence, for assets whose holders elsewhere share a loss; default: what the file hands out. */
  supply: decimal.optional(),
  /** Of every transfer of the coin at home this part is burned, in basis points. */
  transferFeeBps: whole(0, 9_999).default(0),
})

/** Snapshots that a file may ask for. */
export const MOST_SNAPSHOTS = 500

export const scenarioSchema = z.strictObject({
  name,
  title: z.string().min(1).max(200),
  /** ISO 8601 in UTC, whole seconds. */
  start: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/, 'a time like 2026-04-18T17:25:00Z'),
  durationSeconds: whole(1, 31_536_000),
  seed: whole(0, 2 ** 32 - 1).default(1),
  numeraire: symbol.default('USD'),
  /** How the simulator signs and carries messages; libp2p always does both for real. */
  simulator: z
    .strictObject({
      crypto: z.enum(['stand-in', 'real']).default('stand-in'),
      codec: z.enum(['objects', 'real']).default('objects'),
      links: z
        .strictObject({
          latencyMs: z
            .strictObject({ min: whole(0, 60_000), mean: whole(0, 60_000) })
            .default({ min: 10, mean: 60 }),
          loss: share.default(0),
          duplicate: share.default(0),
          reorder: share.default(0),
        })
        .prefault({}),
    })
    .prefault({}),
  live: z
    .strictObject({
      /** Virtual seconds per second. */
      acceleration: whole(1, 1_000).default(1),
    })
    .prefault({}),
  assets: z.record(symbol, asset),
  /** Where prices of the world outside go; left out: they stay. */
  prices: pricesSchema.optional(),
  /** The asset in which every chain charges gas; it exists natively on all of them. */
  gasAsset: symbol.default('ETH'),
  chains: z.record(name, chainSchema),
  sharedSequencers: z.record(name, sharedSequencerSchema).default({}),
  bridges: z.record(name, bridgeSchema).default({}),
  /** Where two assets of a chain are traded. */
  markets: z.record(name, marketSchema).default({}),
  /** What tells chains the prices of the world outside. */
  oracles: z.record(name, oracleSchema).optional(),
  lending: z.record(name, lendingPoolSchema).optional(),
  /** One coin lent against one collateral, each loss its own suppliers' alone. */
  isolatedMarkets: z.record(name, isolatedMarketSchema).optional(),
  /** Who liquidates. */
  keepers: z.record(name, keeperSchema).optional(),
  /** Many people at lending pools, by name. */
  populations: z.record(name, populationSchema).optional(),
  /** Coins that are minted by burning a token of their own, and the other way round. */
  stablecoins: z.record(name, stablecoinSchema).optional(),
  /** What keeps markets and lending pools from doing something for a time. */
  controls: controlsSchema.optional(),
  /** Companies that keep coins of their customers, and their books to themselves. */
  custodians: z.record(name, custodianSchema).optional(),
  /** Funds that pay when a price has stayed below a level. */
  covers: z.record(name, coverSchema).optional(),
  /** Funds of assets outside the chain, whose shares are a token on it. */
  navFunds: z.record(name, navFundSchema).optional(),
  /** Who sells options, and settles them in cash out of finite capital. */
  optionDesks: z.record(name, optionDeskSchema).optional(),
  /** Who trades the underlying of options sold, to be neutral to its price. */
  hedgers: z.record(name, hedgerSchema).optional(),
  /** Clearing houses of perpetual futures. */
  perpetuals: z.record(name, perpetualSchema).optional(),
  /** Who trades between markets when their prices differ. */
  arbitrageurs: z.record(name, arbitrageurSchema).optional(),
  marketMakers: z.record(name, marketMakerSchema).optional(),
  providerCrowds: z.record(name, providerCrowdSchema).optional(),
  traders: z.record(name, traderSchema).optional(),
  auctioneers: whole(0, 16).default(1),
  /** What auctioneers go by, beside what each order names. */
  auctionTerms: auctionTermsSchema.optional(),
  solvers: z.record(name, solverSchema),
  /** Solvers that are in league, by the ring's name; in the order in which they take turns. */
  rings: z.record(name, z.array(name).min(1).max(64)).optional(),
  /** Rings whose members tell each other their costs before they bid. */
  talkingRings: z.array(name).max(64).optional(),
  /** Infrastructure in league with a ring, by the ring's name. */
  accomplices: z.record(name, accomplicesSchema).optional(),
  users: z.record(name, userSchema).default({}),
  /** Accounts that play a script: attackers, liquidity providers, people who withdraw. */
  actors: z.record(name, actorSchema).default({}),
  /** Node → the signature scheme of its account's key, where it is not the usual one. */
  accountSchemes: z.record(name, name).optional(),
  /** Node → when it puts a key of another scheme in the place of its account's, and on which chains (default: all that it acts on). */
  accountRotations: z
    .record(
      name,
      z.strictObject({ atSeconds: seconds, scheme: name, chains: z.array(name).min(1).max(64).optional() }),
    )
    .optional(),
  /** Leaves faults to chance: each happens for this share of the seeds, unless it says otherwise. */
  swarm: z.strictObject({ enable: share }).optional(),
  faults: z.array(faultSchema).max(1_000).default([]),
  /** When the watcher draws up who owes whom, beside just before and after each fault, and in the end. */
  snapshots: z
    .strictObject({
      everySeconds: whole(1, 31_536_000).optional(),
      atSeconds: z.array(whole(0, 31_536_000)).max(MOST_SNAPSHOTS).default([]),
      /** How long after a fault. */
      afterFaultSeconds: whole(1, 2_592_000).default(60),
    })
    .optional(),
  /** Who bears a bridge's loss in the valuation; both rules are always reported. */
  lossRule: z.enum(['all-holders', 'far-holders']).default('far-holders'),
  /** Plays the run once more without rings, and says what users would have paid. */
  counterfactual: z.enum(['independent-bidders']).optional(),
  /** The watcher flags what is unusual in the run, and looks this often; left out: it does not. */
  warnings: z.strictObject({ everySeconds: whole(1, 86_400).default(60) }).optional(),
  /** Invariants that the run must evaluate beyond those that its network and traffic ask for. */
  exercises: z.array(z.string().min(3).max(8)).max(100).default([]),
  /** Of a file in configs/incidents: what went in, what was calibrated, what is not shown. */
  incident: incidentSchema.optional(),
  expectations: z.array(expectationSchema).max(100).default([]),
})

/** A scenario after defaults: what the assembly reads. */
export type Scenario = z.infer<typeof scenarioSchema>

/** JSON Schema (draft 7) of scenario files for editors; committed as configs/scenario.schema.json. */
export function scenarioJsonSchema(): object {
  const schema = z.toJSONSchema(scenarioSchema, { io: 'input', target: 'draft-7' })
  const chains = schema.properties?.chains as { additionalProperties: { oneOf: ChainBranch[] } }
  const kinds = chains.additionalProperties.oneOf
  kinds.push(presetBranch(kinds) as ChainBranch)
  return { ...schema, title: 'Solvent scenario' }
}

type ChainBranch = Parameters<typeof presetBranch>[0][number]
