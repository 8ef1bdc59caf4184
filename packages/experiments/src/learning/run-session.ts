// One session of any study. Each kind of laboratory is loaded where it is needed, since every thread loads it again.
import type { OutcomeOf, Study } from './study.ts'

export interface SessionTask<Of extends Study = Study> {
  readonly study: Of
  readonly seed: number
  /** From 1. */
  readonly session: number
}

export async function runSession<Of extends Study>(task: SessionTask<Of>): Promise<OutcomeOf<Of>> {
  const { study, seed, session } = task
  if (study.kind === 'tenders') {
    const { tenderSession } = await import('@solvent/collusion/tender-session')
    return tenderSession(study.study, seed, session) as OutcomeOf<Of>
  }
  const { createSessions } = await import('@solvent/collusion/learning-study')
  return createSessions(study, seed)(session) as OutcomeOf<Of>
}
