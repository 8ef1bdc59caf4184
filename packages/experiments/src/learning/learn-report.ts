// A run of `solvent learn`: the sessions of a file, summarised, and kept in a results directory.
import type { SessionOutcome } from '@solvent/collusion'
import { SolventError } from '@solvent/primitives'
import { writeRunDirectory } from '../results/run-directory.ts'
import { ENGINE_VERSION } from '../run/engine-version.ts'
import { type ExpectationOutcome, judgeExpectations } from '../run/expectations.ts'
import { mostSessions } from './check-tenders.ts'
import type { LearnFile } from './learn-schema.ts'
import type { LoadedLearnFile } from './load-learn-file.ts'
import { runStudy } from './run-study.ts'
import type { StudyOutcome } from './study.ts'
import { type StudySummary, studySummary } from './study-summary.ts'
import { tendersFiles } from './tenders-files.ts'

export interface LearnOptions {
  readonly loaded: LoadedLearnFile
  readonly seed: number
  readonly sessions: number
  readonly workers: number
  readonly onProgress?: (done: number) => void
}

/** The same bytes for the same file, seed and number of sessions, whatever the workers. */
export interface LearnReport {
  readonly name: string
  readonly hash: string
  readonly seed: number
  readonly study: LearnFile['study']
  readonly summary: StudySummary
  /** Of the file; absent where it has none. */
  readonly expectations?: readonly ExpectationOutcome[]
  readonly sessions: readonly StudyOutcome[]
}

/** @throws SolventError E_USAGE for more sessions than the results can hold */
export async function runLearn({ loaded, ...run }: LearnOptions): Promise<LearnReport> {
  refuseTooMany(loaded.file, run.sessions)
  const outcomes: readonly StudyOutcome[] = await runStudy({ ...run, study: loaded.study })
  const summary = studySummary(outcomes)
  const { expectations } = loaded.file
  return {
    name: loaded.file.name,
    hash: loaded.hash,
    seed: run.seed,
    study: loaded.file.study,
    summary,
    ...(expectations === undefined ? {} : { expectations: judgeExpectations(summary, expectations) }),
    sessions: outcomes,
  }
}

/** The file's own number was checked with its place; another one was asked for. */
function refuseTooMany({ study }: LearnFile, sessions: number): void {
  if (study.kind !== 'tenders' || sessions <= mostSessions(study)) return
  throw new SolventError({
    code: 'E_USAGE',
    message: 'So many sessions have more figures than the results may have.',
    details: { got: `${sessions} sessions`, allowed: `at most ${mostSessions(study)} of this study` },
    hint: 'Fewer blocks make room for more sessions.',
  })
}

/** The report as one object for machines: without the tenders that are written down with all bids. */
export function learnJson(report: LearnReport): object {
  return {
    ...report,
    sessions: report.sessions.map((outcome) => {
      if (outcome.kind !== 'tenders') return outcome
      const { kept: _, ...figures } = outcome
      return figures
    }),
  }
}

export async function writeLearn(directory: string, report: LearnReport): Promise<void> {
  const { sessions, ...head } = report
  await writeRunDirectory(
    directory,
    {
      scenario: report.name,
      scenarioHash: report.hash,
      seed: report.seed,
      runtime: 'sim',
      engine: ENGINE_VERSION,
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
      traceDigest: null,
    },
    new Map([['learn.json', `${JSON.stringify(head, null, 2)}\n`], ...tablesOf(report.study, sessions)]),
  )
}

function tablesOf(study: LearnFile['study'], sessions: readonly StudyOutcome[]): Map<string, string> {
  const tenders = sessions.filter((outcome) => outcome.kind === 'tenders')
  if (study.kind === 'tenders') return tendersFiles(tenders, study.reserve)
  return new Map([['sessions.csv', sessionTable(sessions.filter((outcome) => outcome.kind !== 'tenders'))]])
}

/** A row a session; lists, one entry a firm, are divided by blanks. */
function sessionTable(sessions: readonly SessionOutcome[]): string {
  const rows = sessions.map((outcome, index) => {
    const { converged, periods } = outcome
    return outcome.kind === 'pricing'
      ? [
          index + 1,
          converged,
          periods,
          outcome.cycleLength,
          outcome.profitGain,
          outcome.nashOnPath,
          outcome.prices.join(' '),
          outcome.profits.join(' '),
        ]
      : [index + 1, converged, periods, outcome.revenue, outcome.bids.join(' ')]
  })
  const head =
    sessions[0]?.kind === 'pricing'
      ? [
          'session',
          'converged',
          'periods',
          'cycle_length',
          'profit_gain',
          'nash_on_path',
          'prices',
          'profits',
        ]
      : ['session', 'converged', 'periods', 'revenue', 'bids']
  return `${[head, ...rows].map((row) => row.join(',')).join('\n')}\n`
}
