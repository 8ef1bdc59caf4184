// The shape of a file for `solvent learn`: which experiment, how many sessions, from which seed. The defaults are the
// published baselines: Calvano et al. 2020 for pricing, Banchio and Skrzypacz 2022 for auctions; tenders are in a file of their own.
import { z } from 'zod'
import { expectationSchema } from '../scenario/expectation-schema.ts'
import { name, share, whole } from '../scenario/schema-scalars.ts'
import { tendersSchema } from './tenders-schema.ts'

const rate = z.number().positive().max(1)
const discount = z.number().min(0).max(0.9999)
const value = z.number().min(-1e6).max(1e6)

const exploration = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('epsilon-greedy'),
    /** β: a random action with probability e^(−βt). */
    decay: z.number().positive().max(1).default(4e-6),
    /** β of each firm, where they differ. */
    decays: z.array(z.number().positive().max(1)).min(2).max(6).optional(),
  }),
  z.strictObject({
    kind: z.literal('boltzmann'),
    temperature: z.number().positive().max(1e6).default(1000),
    /** By which the temperature is multiplied every period. */
    cooling: z.number().gt(0).lt(1).default(0.99999),
  }),
  z.strictObject({ kind: z.literal('none') }),
])

const start = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('uniform-rivals') }),
  z.strictObject({ kind: z.literal('constant'), value }),
  z.strictObject({ kind: z.literal('random'), low: value, high: value }),
])

const pricing = z.strictObject({
  kind: z.literal('pricing'),
  firms: whole(2, 6).default(2),
  quality: value.default(2),
  cost: value.default(1),
  /** Cost of each firm, where they differ. */
  costs: z.array(value).min(2).max(6).optional(),
  outsideQuality: value.default(0),
  /** μ */
  differentiation: z.number().min(0.01).max(100).default(0.25),
  grid: z
    .strictObject({ points: whole(2, 100).default(15), margin: z.number().min(0).max(10).default(0.1) })
    .default({ points: 15, margin: 0.1 }),
  memory: whole(0, 2).default(1),
  discount: discount.default(0.95),
  learningRate: rate.default(0.15),
  /** α of each firm, where they differ. */
  learningRates: z.array(rate).min(2).max(6).optional(),
  exploration: exploration.default({ kind: 'epsilon-greedy', decay: 4e-6 }),
  start: start.default({ kind: 'uniform-rivals' }),
  /** Periods without a change of greedy play after which a session has converged. */
  window: whole(2, 10_000_000).default(100_000),
  mostPeriods: whole(1, 1_000_000_000).default(100_000_000),
})

const auction = z.strictObject({
  kind: z.literal('auction'),
  bidders: whole(2, 10).default(2),
  /** Bids are k/(bids + 1), k = 1 … bids. */
  bids: whole(2, 200).default(19),
  /** The winner pays (2 − a) · highest + (a − 1) · second highest. */
  payment: z.number().min(1).max(2).default(1),
  feedback: z.enum(['own-outcome', 'winning-bid', 'all-bids']).default('own-outcome'),
  ties: z.enum(['coin', 'split']).default('coin'),
  learningRate: rate.default(0.05),
  discount: discount.default(0.99),
  exploration: z
    .strictObject({ rate: share.default(0.025), decay: z.number().min(0).max(1).default(0.0002) })
    .default({ rate: 0.025, decay: 0.0002 }),
  /** Value of every bid before the first auction; 1/(1 − discount) when left out. */
  start: value.optional(),
  periods: whole(1, 1_000_000_000).default(1_000_000),
  window: whole(1, 1_000_000_000).default(1_000),
  oversight: z
    .strictObject({
      /** Winning bids below this are suspect. */
      threshold: share,
      /** Chance that a suspect auction is looked into. */
      probability: share,
      /** What the winner then loses. */
      bond: z.number().min(0).max(1e6),
    })
    .optional(),
})

export const learnSchema = z.strictObject({
  name,
  seed: whole(0, 4_294_967_295).default(1),
  sessions: whole(1, 100_000).default(100),
  study: z.discriminatedUnion('kind', [pricing, auction, tendersSchema]),
  /** Of the summary; a run that does not meet one ends with exit code 1. */
  expectations: z.array(expectationSchema).max(100).optional(),
})

export type LearnFile = z.infer<typeof learnSchema>
export type StudyFile = LearnFile['study']

export function learnJsonSchema(): object {
  return z.toJSONSchema(learnSchema, { io: 'input', target: 'draft-7' })
}
