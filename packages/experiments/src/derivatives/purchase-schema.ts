// The shape of what an order buys with its output: a derivative on the destination chain.
import { perpetualSides } from '@solvent/protocol'
import { z } from 'zod'
import { name, whole } from '../scenario/schema-scalars.ts'

export const purchaseSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cover'), cover: name }),
  z.strictObject({ kind: z.literal('option'), desk: name, series: name }),
  z.strictObject({
    kind: z.literal('perpetual'),
    house: name,
    market: name,
    side: z.enum(perpetualSides),
    /** Size at the index over what is delivered, which is its margin. */
    leverageBps: whole(1, 1_000_000).default(20_000),
  }),
])

export type ScenarioPurchase = z.infer<typeof purchaseSchema>
