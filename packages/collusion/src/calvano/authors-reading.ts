// The state from which the authors' program follows greedy play when firms remember two periods, which is not the one they ended in.
// Source: replication package (AER 2020), QL_routines.f90, computeStateNumber, which numbers a state from the transposed table of prices
// (period by period), and ConvergenceResults.f90, which fills the table of prices column by column (firm by firm) to read it back.
import { actionsOf, profileOf, profilesOf, type StageGame } from '../learning/stage-game.ts'

/**
 * Prices of two periods, written period by period, read firm by firm.
 *
 * Two firms that played (a, b) after (c, d) are read as (a, c) after (b, d): the same only where b = c, as when all charge one price.
 */
export function stateThatAuthorsRead(game: StageGame, state: number): number {
  const profiles = profilesOf(game)
  const written = [...actionsOf(game, state % profiles), ...actionsOf(game, Math.floor(state / profiles))]
  const last = written.filter((_, at) => at % 2 === 0)
  const before = written.filter((_, at) => at % 2 === 1)
  return profileOf(game, before) * profiles + profileOf(game, last)
}
