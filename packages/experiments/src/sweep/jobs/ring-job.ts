// A ring that only fear holds together, as the run of a sweep: how patient its members must be.
import { criticalPatience } from '@solvent/collusion'
import { createStreams } from '@solvent/kernel'
import { entryEquilibrium } from '@solvent/mechanisms'
import { hashCanonical } from '@solvent/primitives'
import { z } from 'zod'
import { scenarioError } from '../../scenario/scenario-error.ts'
import { schemaProblems } from '../../scenario/schema-problems.ts'
import { share, whole } from '../../scenario/schema-scalars.ts'
import type { JobKind } from './job-kind.ts'

const MOST_MEMBERS = 60

const ringSchema = z.strictObject({
  members: whole(2, MOST_MEMBERS).default(2),
  /** In place of `members`: as many as free entry lets in, all of them in the ring. A reconstruction; see entry.ts of mechanisms. */
  entry: z
    .strictObject({
      /** Of a solver, in values of an order. */
      cost: z.number().min(0.0003).max(0.1),
      /** λ */
      congestion: z.number().min(0).max(10).default(0),
    })
    .optional(),
  share: z.enum(['split', 'rotation']).default('split'),
  /** What an order leaves between cost and limit. */
  marginBps: whole(1, 5_000).default(100),
  /** Orders until a departure is answered. */
  lagOrders: whole(1, 100).default(1),
  /** After each order, that the ring ends. */
  breakUp: z.number().min(0).max(0.99).default(0),
  exclusivity: z
    .strictObject({ share: share.default(0), overrideBps: whole(0, 10_000).default(0) })
    .default({ share: 0, overrideBps: 0 }),
  plays: whole(1, 100_000).default(400),
  orders: whole(200, 10_000).default(200),
})
type Ring = z.infer<typeof ringSchema>

export const ringJob: JobKind<Ring> = {
  name: 'ring',

  prepare(file, tree, locate) {
    const parsed = ringSchema.safeParse(tree, { reportInput: true })
    if (!parsed.success) {
      const schema = z.toJSONSchema(ringSchema, { io: 'input', target: 'draft-7' })
      throw scenarioError(file, schemaProblems(parsed.error.issues, tree, locate, schema))
    }
    return { config: parsed.data, tree: parsed.data, hash: hashCanonical(parsed.data) }
  },

  run({ entry, ...ring }, seed) {
    const members = entry === undefined ? ring.members : enteredBy(entry)
    const outcome = criticalPatience({ ...ring, members }, createStreams(seed).stream('ring'))
    return { metrics: { members, ...outcome }, digest: null, broken: [], events: () => '' }
  },
}

/** A ring needs two. */
function enteredBy({ cost, congestion }: NonNullable<Ring['entry']>): number {
  return Math.max(2, entryEquilibrium({ entryCost: cost, congestion }, MOST_MEMBERS).free)
}
