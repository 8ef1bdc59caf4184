// The shape of upgrades that go wrong, and of those that mend.
import { contractFlaws, flawChanges } from '@solvent/protocol'
import { z } from 'zod'
import { name } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

const flaw = z.enum(contractFlaws)

/** What the code of a contract leaves out from the start. */
export const flawsAtGenesis = z.array(flaw).max(contractFlaws.length).default([])

const upgrade = z.strictObject({
  kind: z.literal('upgrade'),
  ...faultTime,
  /** Whose contract: a bridge's, or a rollup's on its L1; one of the two. */
  bridge: name.optional(),
  chain: name.optional(),
  flaw,
  change: z.enum(flawChanges).default('introduced'),
  /** Chains on which a bridge's contract is upgraded; default: all. */
  on: z.array(name).max(64).default([]),
})

export const upgradeFaultSchemas = [upgrade] as const
