// A channel through which a shock reaches people, and how a scenario looks in which it does not.
import type { Scenario } from '../../scenario/scenario-schema.ts'
import type { Trial } from '../trial.ts'

export interface Channel {
  readonly name: string
  /** What it is, in a few words. */
  readonly title: string
  /** What is changed in the scenario to close it. */
  readonly closedBy: string
  /** Whether there is anything to close. */
  isOpenIn(scenario: Scenario, shocked: Trial): boolean
  /**
   * The scenario with the channel closed.
   *
   * @param scenario with its faults drawn, perhaps with other channels closed already
   * @param shocked the run of the scenario with all channels open
   */
  close(scenario: Scenario, shocked: Trial): Scenario
}
