// What the nodes of a plan are made from.
import type { Genesis, NetworkSpec, PriceBook } from '@solvent/protocol'
import type { Scenario } from '../scenario/scenario-schema.ts'

/** A scenario, and what its seed has made of it. */
export interface PlanInputs {
  readonly scenario: Scenario
  readonly seed: string
  readonly spec: NetworkSpec
  readonly genesis: readonly Genesis[]
  readonly prices: PriceBook
}
