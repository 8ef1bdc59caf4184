// The sessions of a study on a pool of threads, those that were kept before taken from where they are kept.
import { isDeepStrictEqual } from 'node:util'
import type { LearningStudy, SessionOutcome } from '@solvent/collusion'
import { SolventError } from '@solvent/primitives'
import { keptSessions } from '../../learning/kept-sessions.ts'
import type { SessionPool } from '../../learning/session-pool.ts'

export interface StudySessions {
  readonly pool: SessionPool
  readonly study: LearningStudy
  readonly seed: number
  readonly sessions: number
  /** The directory. */
  readonly keep: string | undefined
}

/** The outcomes of sessions 1 to `sessions`, in that order. */
export async function studySessions(run: StudySessions): Promise<SessionOutcome[]> {
  const { pool, study, seed, sessions, keep } = run
  const kept = keep === undefined ? null : keptSessions(keep, study, seed)
  const check = kept === null ? undefined : checkKept(run, kept)
  const outcomes = Array.from({ length: sessions }, async (_, at) => {
    const known = kept?.outcomes.get(at + 1)
    if (known !== undefined) return known
    const outcome = await pool.run(study, seed, at + 1)
    kept?.keep(at + 1, outcome)
    return outcome
  })
  const [all] = await Promise.all([Promise.all(outcomes), check])
  return all
}

/** What other code left behind is worth nothing: one of the kept sessions is run again, and must come out the same. */
async function checkKept(
  { pool, study, seed }: StudySessions,
  { file, outcomes }: ReturnType<typeof keptSessions>,
): Promise<void> {
  const [first] = outcomes
  if (first === undefined) return
  const [session, outcome] = first
  const again = JSON.parse(JSON.stringify(await pool.run(study, seed, session)))
  if (isDeepStrictEqual(again, outcome)) return
  throw new SolventError({
    code: 'E_RESULTS',
    message: 'Kept sessions come from another version of the learners.',
    details: { file, session },
    hint: 'delete the file, or keep sessions in another directory',
  })
}
