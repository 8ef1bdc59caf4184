// The shape of what befalls solvers as businesses: settlement.md §9, Market.
import { z } from 'zod'
import { name, whole } from '../scenario/schema-scalars.ts'
import { faultTime, nodeNames } from './fault-time.ts'

/** Whom it befalls: by name, or so many that the seed draws; left out: all. */
const some = {
  solvers: nodeNames.optional(),
  count: whole(1, 255).optional(),
  forSeconds: whole(1, 31_536_000),
}

const solverRun = z.strictObject({ kind: z.literal('solver-run'), ...faultTime, ...some })

const feeWar = z.strictObject({
  kind: z.literal('fee-war'),
  ...faultTime,
  ...some,
  /** So much more of the output than their strategies offer. */
  bps: whole(1, 5_000),
})

const solverDefault = z.strictObject({
  kind: z.literal('solver-default'),
  ...faultTime,
  solver: name,
  /** The participant who gets what it holds; left out: it lies idle. */
  creditor: name.optional(),
})

export const solverFaultSchemas = [solverRun, feeWar, solverDefault] as const
