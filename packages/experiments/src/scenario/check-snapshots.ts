// The meaning of the moments at which exposures are drawn up: within the run, and not too many.
import { scheduledSeconds } from '../exposures/snapshot-moments.ts'
import type { Findings } from './findings.ts'
import { MOST_SNAPSHOTS, type Scenario } from './scenario-schema.ts'

export function checkSnapshots(scenario: Scenario, findings: Findings): void {
  const { snapshots, durationSeconds } = scenario
  if (snapshots === undefined) return
  snapshots.atSeconds.forEach((atSeconds, index) => {
    if (atSeconds >= durationSeconds)
      findings.add('E_RANGE', ['snapshots', 'atSeconds', index], 'the moment is not within the run', {
        got: String(atSeconds),
        allowed: `below ${durationSeconds}; the end has a snapshot of its own`,
      })
  })
  const { everySeconds } = snapshots
  const regular = everySeconds === undefined ? 0 : Math.ceil(durationSeconds / everySeconds) - 1
  if (regular > MOST_SNAPSHOTS)
    findings.add('E_RANGE', ['snapshots', 'everySeconds'], 'too many snapshots', {
      got: `${regular} snapshots`,
      allowed: `at most ${MOST_SNAPSHOTS}: everySeconds of ${Math.ceil(durationSeconds / MOST_SNAPSHOTS)} or more`,
    })
  else if (scheduledSeconds(scenario).length > MOST_SNAPSHOTS)
    findings.add('E_RANGE', ['snapshots'], 'too many snapshots', {
      got: `${scheduledSeconds(scenario).length} moments`,
      allowed: `at most ${MOST_SNAPSHOTS} of everySeconds and atSeconds together`,
    })
}
