// The shape of a scenario's faults: what breaks, when, for how long. Each family has a file of its own, which says what one
// fault is; here every field of it may be drawn, and every fault may be repeated, named, or left to chance.
import { z } from 'zod'
import { name, share, whole } from '../scenario/schema-scalars.ts'
import { actFaultSchemas } from './act-fault-schema.ts'
import { bridgeFaultSchemas } from './bridge-fault-schema.ts'
import { byzantineFaultSchemas } from './byzantine-fault-schema.ts'
import { consensusFaultSchemas } from './consensus-fault-schema.ts'
import { custodyFaultSchemas } from './custody-fault-schema.ts'
import { depegFaultSchemas } from './depeg-fault-schema.ts'
import { drawableField, drawableSchema } from './drawable.ts'
import { finalityViolationSchemas } from './finality-violation-schema.ts'
import { inclusionFaultSchemas } from './inclusion-fault-schema.ts'
import { keyTheftSchemas } from './key-theft-schema.ts'
import { limiterFaultSchemas } from './limiter-fault-schema.ts'
import { liquidityFaultSchemas } from './liquidity-fault-schema.ts'
import { managerFaultSchemas } from './manager-fault-schema.ts'
import { marketFaultSchemas } from './market-fault-schema.ts'
import { measureFaultSchemas } from './measure-fault-schema.ts'
import { networkFaultSchemas } from './network-fault-schema.ts'
import { nodeFaultSchemas } from './node-fault-schema.ts'
import { optimisticFaultSchemas } from './optimistic-fault-schema.ts'
import { oracleFaultSchemas } from './oracle-fault-schema.ts'
import { promiseFaultSchemas } from './promise-fault-schema.ts'
import { recoveryFaultSchemas } from './recovery-fault-schema.ts'
import { rollupFaultSchemas } from './rollup-fault-schema.ts'
import { rotationFaultSchemas } from './rotation-fault-schema.ts'
import { sequencerFaultSchemas } from './sequencer-fault-schema.ts'
import { signingFaultSchemas } from './signing-fault-schema.ts'
import { solverFaultSchemas } from './solver-fault-schema.ts'
import { sourceFaultSchemas } from './source-fault-schema.ts'
import { upgradeFaultSchemas } from './upgrade-fault-schema.ts'

const schemas = [
  ...bridgeFaultSchemas,
  ...sourceFaultSchemas,
  ...custodyFaultSchemas,
  ...marketFaultSchemas,
  ...liquidityFaultSchemas,
  ...depegFaultSchemas,
  ...solverFaultSchemas,
  ...managerFaultSchemas,
  ...measureFaultSchemas,
  ...inclusionFaultSchemas,
  ...promiseFaultSchemas,
  ...oracleFaultSchemas,
  ...signingFaultSchemas,
  ...nodeFaultSchemas,
  ...byzantineFaultSchemas,
  ...actFaultSchemas,
  ...networkFaultSchemas,
  ...optimisticFaultSchemas,
  ...upgradeFaultSchemas,
  ...rotationFaultSchemas,
  ...keyTheftSchemas,
  ...limiterFaultSchemas,
  ...recoveryFaultSchemas,
  ...sequencerFaultSchemas,
  ...rollupFaultSchemas,
  ...consensusFaultSchemas,
  ...finalityViolationSchemas,
] as const

/** One fault with nothing left to draw. */
export const plainFaultSchema = z.discriminatedUnion('kind', schemas)
export type ScenarioFault = z.infer<typeof plainFaultSchema>

const everySeconds = whole(1, 31_536_000)

/** What every fault may say beside what it is. */
const ofEveryFault = {
  /** Names the fault in the log and its draws; default: its kind and how many of the kind came before. */
  label: name.optional(),
  /** The share of seeds for which it happens; default: the scenario's swarm, or always. */
  enable: share.optional(),
  /** Happens so many times, each with draws of its own. */
  repeat: z
    .strictObject({ times: whole(2, 1_000), everySeconds: drawableField(everySeconds)!.schema })
    .optional(),
}

/** A fault as the file has it: plain, or with ranges and lists for the seed to draw from. */
export interface WrittenFault {
  readonly kind: ScenarioFault['kind']
  readonly atSeconds: unknown
  readonly label?: string | undefined
  readonly enable?: number | undefined
  readonly repeat?: { readonly times: number; readonly everySeconds: unknown } | undefined
  readonly [field: string]: unknown
}

const written = schemas.map((schema) => drawableSchema(schema, ofEveryFault))

export const faultSchema = z.discriminatedUnion(
  'kind',
  written as unknown as [z.ZodObject<{ kind: z.ZodLiteral<string> }>],
) as unknown as z.ZodType<WrittenFault, WrittenFault>

/** Every kind of fault. */
export const faultKinds: readonly ScenarioFault['kind'][] = schemas.map(({ shape }) => shape.kind.value)

/** The fields of a kind, with their schemas. */
export function faultFields(kind: ScenarioFault['kind']): Readonly<Record<string, z.ZodType>> {
  return schemas.find(({ shape }) => shape.kind.value === kind)!.shape
}
