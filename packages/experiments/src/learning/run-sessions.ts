// Sessions of one study, one after the other. It loads the laboratory alone, since every thread loads it again.
import { createSessions, type LearningStudy, type SessionOutcome } from '@solvent/collusion/learning-study'

export interface SessionTask {
  readonly study: LearningStudy
  readonly seed: number
  /** Numbers of the sessions to run. */
  readonly sessions: readonly number[]
}

export function runSessions({ study, seed, sessions }: SessionTask): SessionOutcome[] {
  return sessions.map(createSessions(study, seed))
}
