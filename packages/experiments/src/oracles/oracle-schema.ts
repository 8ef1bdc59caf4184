// The shape of a scenario's oracles: what tells a chain the price of an asset, and how.
import { z } from 'zod'
import { lentAsset } from '../lending/lent-asset-schema.ts'
import { bps, decimal, name, symbol, whole } from '../scenario/schema-scalars.ts'

const base = { chain: name, asset: symbol }
const seconds = whole(1, 31_536_000)

const feed = z.strictObject({
  kind: z.literal('feed'),
  ...base,
  /** A market of the chain that they look at; left out: what the world outside pays. */
  market: name.optional(),
  /** Nodes that post, shared by all feeds of the chain; one is a single source, several make a median. */
  reporters: whole(0, 31).default(1),
  /** Reports that make an answer; default: more than half. */
  quorum: whole(1, 31).optional(),
  heartbeatSeconds: seconds.default(3_600),
  deviationBps: bps.default(50),
  /** Answers are cut to these; default: not at all. */
  minAnswer: decimal.optional(),
  maxAnswer: decimal.optional(),
  /** Whether there is an answer when the run begins: the asset's price. */
  atGenesis: z.enum(['answered', 'empty']).default('answered'),
})

const uptime = z.strictObject({
  kind: z.literal('uptime'),
  chain: name,
  reporters: whole(1, 31).default(1),
  /** A transaction that waits longer was kept out by the sequencer. */
  silenceSeconds: seconds.default(60),
  heartbeatSeconds: seconds.default(60),
})

const measure = z.strictObject({
  kind: z.literal('measure'),
  chain: name,
  /** How sound a part of the network is, from 0 to 1, as its chains say. */
  measure: z.discriminatedUnion('of', [
    z.strictObject({ of: z.literal('backing'), bridge: name }),
    z.strictObject({ of: z.literal('solvency'), pools: z.array(name).min(1).max(64) }),
    z.strictObject({ of: z.literal('standing'), pools: z.array(name).min(1).max(64) }),
  ]),
  reporters: whole(1, 31).default(1),
  quorum: whole(1, 31).optional(),
  heartbeatSeconds: seconds.default(3_600),
  /** Of the last answer. */
  deviationBps: bps.default(10),
})

const delayed = z.strictObject({
  kind: z.literal('delayed'),
  ...base,
  of: name,
  hopSeconds: seconds.default(3_600),
})

const twap = z.strictObject({
  kind: z.literal('twap'),
  ...base,
  /** A constant-product market of the chain that trades the asset. */
  market: name,
  /** The oracle of its other token. */
  of: name,
  windowSeconds: seconds.default(1_800),
  /** Whether there is an answer before the first average: the asset's price. */
  atGenesis: z.enum(['answered', 'empty']).default('answered'),
})

const lpShare = z.strictObject({
  kind: z.literal('lp-share'),
  ...base,
  /** A constant-product market of the chain that trades the asset. */
  market: name,
  /** The oracles of the asset and of the market's other token. */
  of: name,
  other: name,
})

const vaultShare = z.strictObject({
  kind: z.literal('vault-share'),
  ...base,
  /** That owns a range of a concentrated market of the chain which trades the asset. */
  vault: name,
  /** The oracles of the asset and of the market's other token. */
  of: name,
  other: name,
})

const sameAs = z.strictObject({ kind: z.literal('same-as'), ...base, of: name })

const peg = z.strictObject({ kind: z.literal('peg'), ...base, price: decimal.default('1') })

const cappedRate = z.strictObject({
  kind: z.literal('capped-rate'),
  ...base,
  of: name,
  /** An oracle that tells the exchange rate. */
  rate: name,
  snapshotRate: decimal,
  maxYearlyGrowthBps: whole(0, 100_000),
})

const receipt = z.strictObject({
  kind: z.literal('receipt'),
  chain: name,
  /** What the receipt is of: a reserve of the pool, which may be shares or a receipt itself. */
  asset: lentAsset,
  of: name,
  pool: name,
})

export const oracleSchema = z.discriminatedUnion('kind', [
  feed,
  uptime,
  measure,
  delayed,
  twap,
  lpShare,
  vaultShare,
  sameAs,
  peg,
  cappedRate,
  receipt,
])
export type ScenarioOracle = z.infer<typeof oracleSchema>
