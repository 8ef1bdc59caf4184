// A control whose worth a study measures: how a scenario looks with it, and without it.
import type { Scenario } from '../../scenario/scenario-schema.ts'

export interface Control {
  readonly name: string
  readonly title: string
  /** The setting that is used where the file has none. */
  readonly setting: string
  /** Whether the file has it already. */
  isIn(scenario: Scenario): boolean
  /** With the file's own setting, where it has one. */
  add(scenario: Scenario): Scenario
  remove(scenario: Scenario): Scenario
}
