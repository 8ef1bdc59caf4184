// What the families of steps share: how to check one against its scenario, and how to resolve it into what the node sends.
import type { ActorAction } from '@solvent/nodes'
import type { ChainId } from '@solvent/primitives'
import type { BridgeMessage, FalseFill, NetworkSpec } from '@solvent/protocol'
import type { Findings, Path } from '../scenario/findings.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'

export type ScenarioActor = Scenario['actors'][string]
export type ScenarioStep = ScenarioActor['steps'][number]
export type StepOf<V extends ScenarioStep['do']> = Extract<ScenarioStep, { do: V }>

/** What a check looks at and where it reports. */
export interface StepCheck {
  readonly scenario: Scenario
  readonly actor: string
  /** The step's place among the actor's. */
  readonly index: number
  readonly path: Path
  readonly findings: Findings
}

/** What a step is resolved with. */
export interface StepResolution {
  readonly scenario: Scenario
  readonly spec: NetworkSpec
  /** Root of the test keys that accounts derive from. */
  readonly seed: string
  readonly actor: string
}

/** What a step becomes. */
export interface ResolvedStep {
  readonly chainId: ChainId
  readonly action: ActorAction
  /** What the audit is told to expect when the step succeeds against a bridge's backing (B-8). */
  readonly exploit?: BridgeMessage
  /** The same where the message is known only when it is made (O-3). */
  readonly falseFill?: FalseFill
}

export interface StepRule<S extends ScenarioStep> {
  check(step: S, check: StepCheck): void
  resolve(step: S, resolution: StepResolution): ResolvedStep
}

/** The rules of some verbs. */
export type StepFamily<V extends ScenarioStep['do']> = { readonly [K in V]: StepRule<StepOf<K>> }
