// The shape of steps at a cover fund.
import { z } from 'zod'
import { decimal, name } from '../scenario/schema-scalars.ts'
import { stepBase } from './step-base.ts'

const buyCover = z.strictObject({
  do: z.literal('buy-cover'),
  ...stepBase,
  cover: name,
  /** What is paid at most, whole units of the fund's coin. */
  amount: decimal,
})

/** The fund looks at its oracle. */
const noteStress = z.strictObject({ do: z.literal('note-stress'), ...stepBase, cover: name })

/** The actor's own. */
const claimCover = z.strictObject({ do: z.literal('claim-cover'), ...stepBase, cover: name })

export const coverStepSchemas = [buyCover, noteStress, claimCover] as const
