// The shape of what goes wrong when a node signs. Kinds: settlement.md §9, transaction level.
import { MAX_SKIPPED_NONCES } from '@solvent/protocol'
import { z } from 'zod'
import { name, whole } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

const nonceGap = z.strictObject({
  kind: z.literal('nonce-gap'),
  ...faultTime,
  node: z.string().min(1).max(48),
  chain: name,
  /** How many nonces are left out. */
  nonces: whole(1, MAX_SKIPPED_NONCES).default(1),
})

const outOfGas = z.strictObject({
  kind: z.literal('out-of-gas'),
  ...faultTime,
  node: z.string().min(1).max(48),
  chain: name,
  /** Kinds of calls; default: all. */
  calls: z.array(z.string().min(1).max(48)).max(64).default([]),
  transactions: whole(1, 1_000).default(1),
  /** Their gas limit, of what their calls take. */
  gasPercent: whole(0, 99).default(50),
})

export const signingFaultSchemas = [nonceGap, outOfGas] as const
