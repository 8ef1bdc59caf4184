// The shape of a scenario's faults: what breaks, when, for how long. Each family has a file of its own.
import { z } from 'zod'
import { bridgeFaultSchemas } from './bridge-fault-schema.ts'
import { consensusFaultSchemas } from './consensus-fault-schema.ts'
import { networkFaultSchemas } from './network-fault-schema.ts'
import { nodeFaultSchemas } from './node-fault-schema.ts'
import { sequencerFaultSchemas } from './sequencer-fault-schema.ts'
import { upgradeFaultSchemas } from './upgrade-fault-schema.ts'

export const faultSchema = z.discriminatedUnion('kind', [
  ...bridgeFaultSchemas,
  ...nodeFaultSchemas,
  ...networkFaultSchemas,
  ...upgradeFaultSchemas,
  ...sequencerFaultSchemas,
  ...consensusFaultSchemas,
])
