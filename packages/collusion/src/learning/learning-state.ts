// Where a session of learners stands between two blocks of periods.
import type { QTables } from './q-tables.ts'
import type { StageGame } from './stage-game.ts'

export interface LearningState {
  readonly game: StageGame
  readonly tables: QTables
  /** α of each agent. */
  readonly learningRates: Float64Array
  /** δ of all. */
  readonly discount: number
  /** What the agents remember; with a memory of one period, the last profile. */
  state: number
  /** Periods that have been played. */
  periods: number
  /** The period in which the greedy action of a visited state last changed; 1 before any did. */
  lastChange: number
}
