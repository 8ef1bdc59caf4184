// The shape of a measure that somebody wants of an authority at a time: freezes, claw-backs, halts, and terms of a reserve. Whether
// and when it comes about is the authority's business.

import { z } from 'zod'
import { termsFields } from '../controls/terms-fields.ts'
import { decimal, name, symbol } from '../scenario/schema-scalars.ts'
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
  ...termsFields,
})

export const measureFaultSchemas = [freeze, clawBack, halt, setTerms] as const
