// The shape of a sweep file: a base, what of it varies, under which policies, how often, and what is kept.

import { z } from 'zod'
import { name, whole } from '../scenario/schema-scalars.ts'
import { KEPT_EVENTS } from './jobs/job-kind.ts'

/** Runs of one sweep. */
export const MOST_RUNS = 1_000_000
export const MOST_POINTS = 100_000
/** The dimensions whose direction numbers we carry. */
export const MOST_PARAMETERS = 21

/** A place in the base: keys joined by dots, a place in a list in brackets, e.g. `faults[0].atSeconds`. */
const path = z
  .string()
  .regex(
    /^[A-Za-z][\w-]*(\[\d+\])*(\.[A-Za-z][\w-]*(\[\d+\])*)*$/,
    'a path, e.g. solvers.atlas.strategy.marginBps or faults[0].atSeconds',
  )
  .max(200)

const range = z.strictObject({
  from: z.number(),
  to: z.number(),
  scale: z.enum(['linear', 'log']).default('linear'),
  /** Rounds to whole numbers. */
  whole: z.boolean().default(false),
  /** Values that a grid takes, both ends among them. */
  steps: whole(2, 10_000).default(5),
  /** Decimals of values that the base writes as text. */
  decimals: whole(0, 18).default(6),
})
export type ParameterRange = z.infer<typeof range>

const parameter = z.strictObject({
  path,
  /** What it takes; a space-filling design draws among them. */
  values: z.array(z.unknown()).min(1).max(10_000).optional(),
  range: range.optional(),
})
export type SweepParameter = Readonly<z.infer<typeof parameter>>

const design = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('grid') }),
  z.strictObject({
    kind: z.literal('list'),
    /** Each has one value for each parameter, in their order. */
    points: z.array(z.array(z.unknown())).min(1).max(MOST_POINTS),
  }),
  z.strictObject({ kind: z.literal('random'), points: whole(1, MOST_POINTS) }),
  z.strictObject({ kind: z.literal('latin-hypercube'), points: whole(1, MOST_POINTS) }),
  z.strictObject({ kind: z.literal('sobol'), points: whole(1, MOST_POINTS), skip: whole(0, 1e6).default(0) }),
  /** For first- and total-order sensitivity indices: `blocks` times as many points as parameters, and two. */
  z.strictObject({
    kind: z.literal('saltelli'),
    blocks: whole(2, MOST_POINTS),
    skip: whole(0, 1e6).default(0),
  }),
  /** For elementary effects: `trajectories` times as many points as parameters, and one. */
  z.strictObject({
    kind: z.literal('morris'),
    trajectories: whole(2, MOST_POINTS),
    levels: whole(2, 1_000).default(4),
  }),
])
export type SweepDesign = z.infer<typeof design>

const policy = z.strictObject({
  name,
  /** Path → value; put into the base after the parameters. */
  set: z.record(path, z.unknown()).default({}),
})

const stopping = z.strictObject({
  metric: z.string().min(1).max(200),
  /** The mean of each policy, or each policy's difference to the first on common random numbers. */
  of: z.enum(['mean', 'difference']).default('mean'),
  /** Half the width of the confidence interval, in units of the metric. */
  halfWidth: z.number().positive(),
  confidence: z.number().min(0.5).max(0.999).default(0.95),
  /** Looked at after so many replicates, and then after every so many. */
  atLeast: whole(2, MOST_RUNS).default(10),
  every: whole(1, MOST_RUNS).default(10),
})
export type StoppingRule = z.infer<typeof stopping>

export const sweepSchema = z.strictObject({
  name,
  title: z.string().min(1).max(200),
  /** What a run is. */
  kind: z.enum(['run', 'learn', 'ring', 'market', 'queue']).default('run'),
  /** The file of the base, seen from the sweep file. */
  base: z.string().min(1).max(1_000),
  seed: whole(0, 2 ** 32 - 1).default(1),
  parameters: z.array(parameter).max(MOST_PARAMETERS).default([]),
  design: design.default({ kind: 'grid' }),
  /** Compared at every point on common random numbers; the first is what the others are compared with. */
  policies: z
    .array(policy)
    .min(1)
    .max(64)
    .default([{ name: 'base', set: {} }]),
  /** Runs of each point and policy; with `stopping`, at most so many. */
  replicates: whole(1, MOST_RUNS).default(1),
  stopping: stopping.optional(),
  limits: z
    .strictObject({
      /** Of processor time; a run that takes longer is ended and recorded as hung. */
      secondsPerRun: z.number().min(0.1).max(86_400).default(120),
      /** Heap of each worker. */
      memoryMb: whole(64, 65_536).default(1_024),
    })
    .prefault({}),
  /** Names of metrics that are recorded; `*` stands for any text. */
  metrics: z.array(z.string().min(1).max(200)).min(1).max(1_000).default(['*']),
  keep: z
    .strictObject({
      /** Of which runs domain events are recorded. */
      events: z.enum(KEPT_EVENTS).default('none'),
    })
    .prefault({}),
})

/** A sweep file after defaults. */
export type Sweep = z.infer<typeof sweepSchema>

/** JSON Schema (draft 7) of sweep files for editors; committed as configs/sweep.schema.json. */
export function sweepJsonSchema(): object {
  return { ...z.toJSONSchema(sweepSchema, { io: 'input', target: 'draft-7' }), title: 'Solvent sweep' }
}
