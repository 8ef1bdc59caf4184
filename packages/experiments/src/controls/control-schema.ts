// The shape of a scenario's controls. Each is on because it stands here: leave it out and the run is the one without it.

import { stoppableActions } from '@solvent/protocol'
import { z } from 'zod'
import { decimal, name, whole } from '../scenario/schema-scalars.ts'

/** What a control guards: one of the two. */
const guarded = { market: name.optional(), pool: name.optional() }
const seconds = whole(1, 31_536_000)

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
  asset: z.string().min(1).max(64),
  /** Whole units. */
  amount: decimal,
  windowSeconds: seconds,
})

export const controlsSchema = z.strictObject({
  breakers: z.record(name, breaker).default({}),
  outflowLimits: z.record(name, outflowLimit).default({}),
})

export type ScenarioControls = z.infer<typeof controlsSchema>
export type ScenarioBreaker = ScenarioControls['breakers'][string]
export type ScenarioOutflowLimit = ScenarioControls['outflowLimits'][string]
