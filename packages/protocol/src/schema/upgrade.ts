// Schemas of upgrades: the call, and the event it leaves.
import { z } from 'zod'
import { type ContractFlaw, contractFlaws, type FlawChange, flawChanges } from '../upgrade/contract-flaw.ts'
import type { UpgradeCall } from '../upgrade/upgrade-call.ts'
import type { UpgradeEvent } from '../upgrade/upgrade-event.ts'
import { schemaOf } from './exact.ts'
import { addressSchema, oneOf } from './scalars.ts'

export const contractFlawSchema = oneOf<ContractFlaw>(contractFlaws)
export const flawChangeSchema = oneOf<FlawChange>(flawChanges)

export const upgradeCallSchema = schemaOf<UpgradeCall>()(
  z.strictObject({
    kind: z.literal('upgrade'),
    contract: addressSchema,
    flaw: contractFlawSchema,
    change: flawChangeSchema,
  }),
)

export const upgradeEventSchema = schemaOf<UpgradeEvent>()(
  z.strictObject({
    kind: z.literal('contract-upgraded'),
    contract: addressSchema,
    flaw: contractFlawSchema,
    change: flawChangeSchema,
  }),
)
