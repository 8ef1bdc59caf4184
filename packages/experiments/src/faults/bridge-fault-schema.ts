// The shape of what befalls bridges.
import { z } from 'zod'
import { decimal, name, orderLabel, seconds, symbol, whole } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

const forge = z.strictObject({
  kind: z.literal('forge'),
  ...faultTime,
  bridge: name,
  asset: symbol,
  from: name,
  to: name,
  amount: decimal,
  /** How many verifiers see the poisoned data source. */
  poisoned: whole(1, 64).default(1),
  /** The failure domain whose verifiers see it, in place of the first `poisoned`. */
  domain: name.optional(),
  sequence: whole(0, 2 ** 31 - 1).default(1_000_000),
})

const forgeFill = z.strictObject({
  kind: z.literal('forge-fill'),
  ...faultTime,
  bridge: name,
  /** The chain of the fill that there was not, and the chain of the escrow. */
  from: name,
  to: name,
  /** `user/nonce`; default: the first order that is opened after the fault and that the bridge proves. */
  order: orderLabel.optional(),
  /** Who is paid. */
  payee: name.default('attacker'),
  poisoned: whole(1, 64).default(1),
  domain: name.optional(),
  sequence: whole(0, 2 ** 31 - 1).default(1_000_000),
})

const pause = z.strictObject({
  kind: z.literal('pause'),
  ...faultTime,
  bridge: name,
  authority: z.enum(['issuer', 'guardian']),
  /** 0: until it is lifted. */
  forSeconds: seconds.default(0),
})

const unpause = z.strictObject({
  kind: z.literal('unpause'),
  ...faultTime,
  bridge: name,
  authority: z.enum(['issuer', 'guardian']),
})

export const bridgeFaultSchemas = [forge, forgeFill, pause, unpause] as const
