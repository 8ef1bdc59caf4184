// Outcomes of sessions on disk, a line each as soon as it is there: a study that was cut off goes on with the sessions that are left.
import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LearningStudy, SessionOutcome } from '@solvent/collusion'

export interface KeptSessions {
  /** Where they are kept. */
  readonly file: string
  readonly outcomes: ReadonlyMap<number, SessionOutcome>
  keep(session: number, outcome: SessionOutcome): void
}

/** Of one study with one seed: a file of its own, named by a digest of both. */
export function keptSessions(directory: string, study: LearningStudy, seed: number): KeptSessions {
  const head = JSON.stringify({ seed, study })
  const file = join(directory, `${createHash('sha256').update(head).digest('hex').slice(0, 16)}.jsonl`)
  mkdirSync(directory, { recursive: true })
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const outcomes = new Map<number, SessionOutcome>()
  for (const line of text.split('\n').slice(1)) {
    const kept = parsed(line)
    if (kept !== null) outcomes.set(kept.session, kept.outcome)
  }
  if (text === '') appendFileSync(file, `${head}\n`)
  // The last line of a process that was killed may be half a line.
  else if (!text.endsWith('\n')) appendFileSync(file, '\n')
  return {
    file,
    outcomes,
    keep: (session, outcome) => appendFileSync(file, `${JSON.stringify({ session, outcome })}\n`),
  }
}

/** Null for half a line. */
function parsed(line: string): { readonly session: number; readonly outcome: SessionOutcome } | null {
  if (line === '') return null
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
