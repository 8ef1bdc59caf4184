// The shape of what a scenario expects of its run, and of what an incident's file says about itself: what went in, what was
// calibrated, what happened that the run does not show. docs/incidents.md.
import { z } from 'zod'
import { decimal, whole } from './schema-scalars.ts'

const line = z.string().min(1).max(400)

/** What was reported. A number is compared within its tolerance; words stand beside bounds that the expectation has itself. */
const reported = z.strictObject({
  /** Whole units, or a range where sources disagree. */
  value: z.union([decimal, z.strictObject({ from: decimal, to: decimal })]).optional(),
  /** In place of a number. */
  says: line.optional(),
  unit: z.string().max(24).default(''),
  /** Of a token whose metric is in base units. */
  decimals: whole(0, 18).default(0),
  /** One unit is so many of the metric's: 60 for minutes of seconds, 0.01 for per cent of a ratio. */
  perUnit: decimal.default('1'),
  /** ± 5 % for counts on chain, ± 25 % for totals of the press. */
  tolerancePercent: z.number().min(0).max(100).optional(),
  source: line,
})

export const expectationSchema = z.strictObject({
  name: z.string().min(1).max(120),
  /** Dotted path into the summary, e.g. `orders.refunded` or `bridges[kelp-oft/rsETH].deficit`. */
  metric: z.string().min(1).max(120),
  atLeast: z.union([z.number(), decimal]).optional(),
  atMost: z.union([z.number(), decimal]).optional(),
  equals: z.union([z.number(), z.string(), z.boolean()]).optional(),
  /** Of an incident: the figure went in (or chose another one), or follows from what went in. */
  kind: z.enum(['fitted', 'predicted']).optional(),
  reported: reported.optional(),
  /** Why the run does not come out as reported: an honest miss. The expectation fails when it does come out. */
  miss: line.optional(),
})

/** What an incident's file says about itself, in plain sight. */
export const incidentSchema = z.strictObject({
  /** Known before or at the event. */
  inputs: z
    .array(z.strictObject({ what: line, source: line }))
    .min(1)
    .max(40),
  /** Chosen because the record does not say. */
  calibrated: z.array(z.strictObject({ what: line, reason: line })).max(20),
  /** What happened: paths of the values that are halved to show that the expectations follow from them; `*` stands for any. */
  shock: z.array(z.string().min(1).max(120)).min(1).max(20),
  /** Reported, and not simulated. */
  unshown: z
    .array(z.strictObject({ figure: line, reported: line, source: line, reason: line }))
    .max(20)
    .default([]),
  /** The files that show what a control would have changed. */
  controls: z
    .array(z.string().regex(/^[a-z0-9-]+\.yaml$/))
    .max(8)
    .default([]),
})

export type ScenarioExpectation = z.infer<typeof expectationSchema>
export type IncidentRecord = z.infer<typeof incidentSchema>
export type ReportedFigure = z.infer<typeof reported>
