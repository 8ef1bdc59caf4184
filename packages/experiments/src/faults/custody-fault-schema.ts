// The shape of what befalls a bridge's custody: a run of its providers, a wrong rate.
import { z } from 'zod'
import { decimal, name, share, symbol } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

const pool = { ...faultTime, bridge: name, asset: symbol, chain: name }

const poolRun = z.strictObject({
  kind: z.literal('pool-run'),
  ...pool,
  /** The part of the shares of the start that wants out. */
  share: share.default(1),
})

const wrongRate = z.strictObject({
  kind: z.literal('wrong-rate'),
  ...pool,
  /** Units paid for one, from now on; "1" mends it. */
  rate: decimal,
})

export const custodyFaultSchemas = [poolRun, wrongRate] as const
