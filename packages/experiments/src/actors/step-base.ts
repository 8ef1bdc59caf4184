// What every step of an actor has: its label, its time, and what it waits for.
import { MAX_SKIPPED_NONCES } from '@solvent/protocol'
import { MIN_GAS_LIMIT } from '@solvent/settlement'
import { z } from 'zod'
import { decimal, name, seconds, whole } from '../scenario/schema-scalars.ts'

const level = z.enum(['unsafe', 'safe', 'finalized', 'exitable']).default('unsafe')

/** An earlier step by its label, or with the level that its block must have; a delivery; a market's price; events of a chain. */
const wait = z.union([
  name,
  z.strictObject({ step: name, level }),
  z.strictObject({ delivered: name }),
  z.strictObject({ market: name, below: decimal }),
  z.strictObject({ market: name, above: decimal }),
  z.strictObject({
    event: z.string().min(1).max(48),
    chain: name,
    count: whole(1, 1_000_000).default(1),
    level,
  }),
])

export const stepBase = {
  /** Default: `step-1`, `step-2`, … by place. */
  label: name.optional(),
  atSeconds: seconds.default(0),
  /** `called`: not by itself, but each time that a fault `act` names it. */
  when: z.enum(['timed', 'called']).default('timed'),
  after: z.union([wait, z.array(wait).max(16)]).default([]),
  /** Between the moment at which everything waited for is there and the step. */
  delaySeconds: seconds.default(0),
  /** Per gas on top of the base fee; default: a tenth of it. */
  tipGwei: decimal.optional(),
  /** Default: what the call takes. Too low, and the transaction runs out of gas: the fee is paid and nothing else happens. */
  gasLimit: whole(MIN_GAS_LIMIT, 100_000_000).optional(),
  /** Nonces of the actor that it leaves out: it waits, and so does all that follows, until they are used. */
  skipNonces: whole(0, MAX_SKIPPED_NONCES).default(0),
}
