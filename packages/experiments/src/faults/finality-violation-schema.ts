// The shape of a finality violation of an L1.
import { z } from 'zod'
import { decimal, name, share, symbol, whole } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

const spend = z.strictObject({
  by: name,
  asset: symbol,
  amount: decimal,
  /** A participant. */
  to: name,
  /** How many transactions of the account the chain has had below the fork: it spends in another way what came next. */
  nonce: whole(0, 1_000_000).default(0),
})

const finalityViolation = z.strictObject({
  kind: z.literal('finality-violation'),
  ...faultTime,
  chain: name,
  /** Who votes on both branches: a group by its name, or a share of all groups. */
  group: name.optional(),
  share: share.optional(),
  /** Slots from the fork to the moment when the hidden branch comes out and people decide for it. */
  depth: whole(1, 200),
  /** Users and actors whose transactions are not in the branch that stands in the end: they have spent twice. */
  without: z.array(name).max(64).default([]),
  /** Transfers that are in the hidden branch alone, of accounts that count as named in `without`. */
  spends: z.array(spend).max(8).default([]),
})

export const finalityViolationSchemas = [finalityViolation] as const
