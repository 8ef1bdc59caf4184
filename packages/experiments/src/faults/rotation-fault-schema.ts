// The shape of a rotation of a bridge's verifiers, and of what makes it urgent.
import { z } from 'zod'
import { name, whole } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

const rotateVerifiers = z.strictObject({
  kind: z.literal('rotate-verifiers'),
  ...faultTime,
  bridge: name,
  /** The nodes of the next set; none at all is a mistake that the contract has to refuse. */
  verifiers: z.array(name).max(64),
  threshold: whole(0, 64),
  /** Who votes for it; default: the bridge's first set. */
  voters: z.array(name).max(64).optional(),
  /** Chains on which they vote; default: all. */
  on: z.array(name).max(64).default([]),
})

const schemeBreak = z.strictObject({
  kind: z.literal('scheme-break'),
  ...faultTime,
  /** The scheme of keys, of verifiers and of accounts, that is worth nothing from now on. */
  scheme: name,
  /** The actor who can sign for them. */
  actor: name,
})

export const rotationFaultSchemas = [rotateVerifiers, schemeBreak] as const
