// The shape of a measure that somebody wants of an authority at a time: freezes, claw-backs, halts, and terms of a reserve. Whether
// and when it comes about is the authority's business.

import { reserveStatuses } from '@solvent/protocol'
import { z } from 'zod'
import { bps, decimal, name, symbol, whole } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

/** The restriction begins, or ends. */
const effect = z.enum(['begin', 'end']).default('begin')
const base = { ...faultTime, authority: name }

const freeze = z.strictObject({
  kind: z.literal('freeze-account'),
  ...base,
  asset: symbol,
  /** A participant, or the attacker. */
  account: name,
  effect,
})

const clawBack = z.strictObject({
  kind: z.literal('claw-back'),
  ...base,
  asset: symbol,
  account: name,
  /** Whole units; what is not there is not taken. */
  amount: decimal,
  to: name,
})

const halt = z.strictObject({
  kind: z.literal('halt-token'),
  ...base,
  asset: symbol,
  effect,
})

const setTerms = z.strictObject({
  kind: z.literal('set-terms'),
  ...base,
  pool: name,
  asset: z.string().min(1).max(64),
  ltvBps: bps.optional(),
  liquidationThresholdBps: bps.optional(),
  supplyCap: whole(0, Number.MAX_SAFE_INTEGER).optional(),
  borrowCap: whole(0, Number.MAX_SAFE_INTEGER).optional(),
  status: z.enum(reserveStatuses).optional(),
})

export const measureFaultSchemas = [freeze, clawBack, halt, setTerms] as const
