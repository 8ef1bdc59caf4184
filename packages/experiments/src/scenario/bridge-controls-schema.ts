// The shape of what bounds a bridge's loss: limits by value, caps on withdrawals.
import { z } from 'zod'
import { decimal, name, symbol, whole } from './schema-scalars.ts'

/** Longest wait and window: thirty days. */
const wait = whole(1, 2_592_000)
const DAY = 86_400

const limits = {
  windowSeconds: wait.default(DAY),
  delaySeconds: wait.default(DAY),
  /** Source chain → numeraire: `single` and above waits; `window` is what may pass within the window. */
  chains: z.record(name, z.strictObject({ single: decimal, window: decimal })),
  /** Asset → the least that a unit counts for; assets not named are not tracked. */
  floors: z.record(symbol, decimal),
  /** Corridors on which a transfer that is not large makes room for what comes back. */
  flowCancel: z
    .array(z.strictObject({ asset: symbol, from: name, to: name }))
    .max(256)
    .default([]),
}

export const limiterSchema = z.strictObject({
  ...limits,
  /** Verifiers that may release at once, and that may delete; default: more than two thirds, and what is left of them. */
  forceRelease: whole(1, 64).optional(),
  censor: whole(1, 64).optional(),
})

export const bridgeControlKeys = {
  limiter: limiterSchema.optional(),
  /** The same limits kept by the verifiers before they sign, on what leaves a chain. */
  governor: z
    .strictObject({
      ...limits,
      /** Asset → the feed whose answer it counts for where that is above the floor; others count for the price of the start. */
      oracles: z.record(symbol, name).default({}),
    })
    .optional(),
  /** What may leave a chain for another: `capacity` at once, `perSecond` comes back with time. */
  departureLimits: z
    .array(z.strictObject({ asset: symbol, from: name, to: name, capacity: decimal, perSecond: decimal }))
    .max(256)
    .default([]),
  /** Verifiers attest no transfer that its source chain cannot have. */
  accountant: z.boolean().default(false),
  /** Asset → the most that one transfer may release at home. */
  withdrawalCap: z.record(symbol, decimal).default({}),
  /** Who bears a loss when holders redeem: who comes late, or everyone in proportion once the issuer shares it. */
  recovery: z.enum(['first-come', 'socialised']).default('first-come'),
}
