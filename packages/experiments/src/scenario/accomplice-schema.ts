// The shape of what infrastructure does for a ring of solvers. docs/models/misconduct.md.
import { favouredCalls } from '@solvent/nodes'
import { z } from 'zod'
import { name, whole } from './schema-scalars.ts'

const sequencerFavourSchema = z.discriminatedUnion('conduct', [
  z.strictObject({
    /** Rivals' transactions wait so many slots. */
    conduct: z.literal('hold-back'),
    slots: whole(1, 10_000),
    calls: z.array(z.enum(favouredCalls)).min(1).max(favouredCalls.length).default(['fill']),
  }),
  z.strictObject({
    /** Rivals' fills wait until the ring's own of the same order is in a block, at most so many slots. */
    conduct: z.literal('front-run'),
    slots: whole(1, 10_000),
  }),
  z.strictObject({
    /** The same, and the ring is told what they deliver: it takes what pays at that, and leaves the rest. */
    conduct: z.literal('last-look'),
    slots: whole(1, 10_000),
  }),
])

const verifierFavourSchema = z.strictObject({
  /** Proofs of rivals' fills are signed so much later. */
  conduct: z.literal('delay'),
  seconds: whole(1, 2_592_000),
})

/** Who helps one ring. */
export const accomplicesSchema = z.strictObject({
  /** The producers of these chains. */
  sequencers: z.record(name, sequencerFavourSchema).default({}),
  /** The verifiers of these bridges. */
  verifiers: z.record(name, verifierFavourSchema).default({}),
})
