// The shape of a study of tenders: any strategies of the house, under any of its mechanisms, for as many tenders as one likes. Strategies, rings and leaks are
// written down as in a scenario. Prices, costs and bonds are parts of an order's value.
import { DRAWN } from '@solvent/collusion'
import { type MechanismName, mechanismRules } from '@solvent/mechanisms'
import { houseDisciplines } from '@solvent/nodes'
import { z } from 'zod'
import { bps, name, share, whole } from '../scenario/schema-scalars.ts'
import { strategySchema } from '../scenario/solver-schema.ts'

/** The most that bid in one tender. */
export const MOST_BIDDERS = 32

const costs = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('uniform'), low: share.default(0), high: share.default(1) }),
  z.strictObject({ kind: z.literal('fixed'), cost: share }),
  z.strictObject({
    kind: z.literal('lognormal'),
    median: z.number().gt(0).max(1),
    sigma: z.number().min(0).max(2),
  }),
])

const bidder = z.strictObject({
  strategy: strategySchema,
  /** So many of them, NAME-1, NAME-2, …; a ring that names NAME has them all. */
  count: whole(1, MOST_BIDDERS).optional(),
  /** Where they are others than everyone's. */
  costs: costs.optional(),
})

const bonds = z.strictObject({
  /** Of each bidder, in order values. */
  posted: z.number().min(0).max(1e6),
  /** What must be left of it to bid. */
  least: z.number().min(0).max(1e6).default(0),
  /** Of an order's value, per fade. */
  slashBps: bps.default(1_000),
  denySeconds: whole(0, 31_536_000).default(0),
})

export const tendersSchema = z.strictObject({
  kind: z.literal('tenders'),
  mechanism: z
    .enum(Object.keys(mechanismRules) as [MechanismName, ...MechanismName[]])
    .default('first-price'),
  /** Whole numbers by name; those left out take their usual values. */
  mechanismParameters: z.record(z.string(), z.number()).default({}),
  /** The most that a user pays. */
  reserve: z.number().gt(0).max(1).default(1),
  bidders: z.record(name, bidder),
  costs: costs.default({ kind: 'uniform', low: 0, high: 1 }),
  /** σ of the logarithm of what multiplies the costs of all in a tender. */
  sharedCostSigma: z.number().min(0).max(1).default(0),
  rings: z.record(name, z.array(name).min(1).max(MOST_BIDDERS)).default({}),
  talkingRings: z.array(name).max(MOST_BIDDERS).default([]),
  /** Of a session. */
  tenders: whole(1, 100_000_000).default(100_000),
  /** What bidders hear of a tender: all-bids unless the mechanism shows no bids. */
  feedback: z.enum(['winning-bid', 'all-bids']).optional(),
  markets: z
    .strictObject({
      chains: whole(1, 64).default(3),
      assets: whole(1, 64).default(2),
      users: whole(1, 64).default(6),
    })
    .prefault({}),
  delaysMs: z
    .strictObject({ low: whole(0, 3_600_000).default(0), high: whole(0, 3_600_000).default(100) })
    .prefault({}),
  /** What an attempt that comes too late costs, where bidders race. */
  attemptCost: share.default(0),
  /** Who alone may take an order for as long as a falling price says: a bidder, or `drawn`. */
  exclusiveTo: name.optional(),
  /** Of this share of the orders these bidders see the others' bids before theirs is due. */
  leak: z.strictObject({ ppm: whole(0, 1_000_000), to: z.array(name).min(1).max(MOST_BIDDERS) }).optional(),
  /** Who may bid, by how earlier awards were kept, and what a fade costs. */
  disciplines: z
    .strictObject({
      kept: z.array(z.enum(houseDisciplines)).max(houseDisciplines.length).default([]),
      /** From tender to tender. */
      tenderSeconds: whole(1, 86_400).default(60),
      bonds: bonds.optional(),
    })
    .optional(),
  /** The play that overcharge is measured against. */
  counterfactual: z
    .strictObject({
      /** How whoever is replaced bids; left out: equilibrium where all costs are drawn alike and uniform, else second-cost. */
      bids: z.enum(['equilibrium', 'competitive', 'second-cost', 'none']).optional(),
      replaces: z.enum(['misconduct', 'misconduct-and-learners']).default('misconduct-and-learners'),
    })
    .prefault({}),
  /** In which results are reported. */
  blocks: whole(1, 100).default(20),
  /** How far the mean price of a block may be from that of the last quarter once play has settled. */
  tolerance: share.default(0.01),
  /** Regret is measured in one tender of so many; left out: in all where bids are sealed, else in 2000 of a session. */
  regretEvery: whole(1, 100_000_000).optional(),
  /** Of session 1 the last so many tenders are written down with all bids. */
  kept: whole(0, 100_000).default(1_000),
})

export type TendersFile = z.infer<typeof tendersSchema>

/** No bidder may be called this: it stands for one drawn for each tender. */
export const RESERVED_BIDDER = DRAWN
