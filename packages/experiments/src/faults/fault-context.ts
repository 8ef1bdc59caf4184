// What the families of faults share: how to check one against its scenario, and how to resolve it into what runtimes apply.
import type { RandomStream } from '@solvent/ports'
import type { Fault, NetworkSpec } from '@solvent/protocol'
import type { Findings, Path } from '../scenario/findings.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioFault } from './fault-schema.ts'

/** The scenario's faults of some kinds. */
export type FaultOf<K extends ScenarioFault['kind']> = Extract<ScenarioFault, { kind: K }>

/** What a check looks at and where it reports. */
export interface FaultCheck {
  readonly scenario: Scenario
  readonly path: Path
  readonly findings: Findings
}

/** What a fault is resolved with: the scenario and its network, the seed that accounts derive from, and randomness of the fault's own. */
export interface FaultResolution {
  readonly scenario: Scenario
  readonly spec: NetworkSpec
  readonly seed: string
  readonly stream: (purpose: string) => RandomStream
}

/** What is asked of the scenario before the run, and what the fault becomes when it begins. */
export interface FaultRule<F extends ScenarioFault> {
  check(fault: F, check: FaultCheck): void
  /** What may not come out as the file has it; asked of a fault in which nothing is wrong. */
  doubt?(fault: F, check: FaultCheck): FaultDoubt | null
  resolve(fault: F, resolution: FaultResolution): ResolvedFault
}

/** Something to be warned about. */
export interface FaultDoubt {
  readonly field: string
  readonly message: string
}

/** The rules of some kinds. */
export type FaultFamily<K extends ScenarioFault['kind']> = { readonly [P in K]: FaultRule<FaultOf<P>> }

/** What a fault becomes: the parts happen at the same moment, in order, unless they say that they come later. */
export type ResolvedFault = readonly (Fault | DelayedFault)[]

/** A part that begins later than the fault. */
export interface DelayedFault {
  readonly afterMs: number
  readonly fault: Fault
}
