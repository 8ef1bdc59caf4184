// Schemas of a liquidity pool's calls and events.
import { z } from 'zod'
import type { PoolCall } from '../bridge/pool-call.ts'
import type { PoolEvent } from '../bridge/pool-event.ts'
import { orNull, schemaOf } from './exact.ts'
import { addressSchema, countSchema, hash32Schema, uint256Schema } from './scalars.ts'

const pool = { bridge: addressSchema, token: addressSchema }

export const poolCallSchema = schemaOf<PoolCall>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('pool-deposit'), ...pool, amount: uint256Schema }),
    z.strictObject({ kind: z.literal('pool-withdraw'), ...pool, shares: uint256Schema }),
    z.strictObject({ kind: z.literal('pool-refill'), ...pool, amount: uint256Schema }),
    z.strictObject({ kind: z.literal('pool-rate'), ...pool, rateE18: uint256Schema }),
  ]),
)

const payout = {
  ...pool,
  message: hash32Schema,
  recipient: addressSchema,
  amount: uint256Schema,
  fee: uint256Schema,
}

export const poolEventSchema = schemaOf<PoolEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal(['pool-deposited', 'pool-withdrawn']),
      ...pool,
      provider: addressSchema,
      amount: uint256Schema,
      shares: uint256Schema,
    }),
    z.strictObject({ kind: z.literal('pool-refilled'), ...pool, from: addressSchema, amount: uint256Schema }),
    z.strictObject({ kind: z.literal('pool-rate-set'), ...pool, rateE18: uint256Schema }),
    z.strictObject({ kind: z.literal('payout-queued'), ...payout, position: countSchema }),
    z.strictObject({
      kind: z.literal('payout-made'),
      ...payout,
      paid: uint256Schema,
      position: orNull(countSchema),
    }),
  ]),
)
