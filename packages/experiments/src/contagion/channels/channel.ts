// A channel through which a shock reaches people, and how a scenario looks in which it does not.
import type { Scenario } from '../../scenario/scenario-schema.ts'
import type { Outsider } from '../loss-sheet.ts'
import type { Trial } from '../trial.ts'

export interface Channel {
  readonly name: string
  /** What it is, in a few words. */
  readonly title: string
  /** In words, what is changed to close it. */
  readonly closedBy: string
  /** Who from outside pays in the end where it is closed; left out: nobody has to. */
  readonly pays?: Outsider
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
