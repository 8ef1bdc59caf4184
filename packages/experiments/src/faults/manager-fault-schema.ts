// The shape of what befalls a manager outside the chain.
import { z } from 'zod'
import { decimal, name } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

const managerLoss = z.strictObject({
  kind: z.literal('manager-loss'),
  ...faultTime,
  custodian: name,
  /** Of what lies at its address; what is not there cannot be lost. */
  amount: decimal,
  /** The participant on the other side of its trades. */
  to: name,
  /** What becomes public with it, as pressure on its customers. */
  news: z.number().min(0).max(100).default(0),
})

export const managerFaultSchemas = [managerLoss] as const
