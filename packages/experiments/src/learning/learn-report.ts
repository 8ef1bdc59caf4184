// A run of `solvent learn`: the sessions of a file, summarised, and kept in a results directory.
import type { SessionOutcome } from '@solvent/collusion'
import { writeRunDirectory } from '../results/run-directory.ts'
import { ENGINE_VERSION } from '../run/engine-version.ts'
import type { LearnFile } from './learn-schema.ts'
import type { LoadedLearnFile } from './load-learn-file.ts'
import { runStudy } from './run-study.ts'
import { type StudySummary, studySummary } from './study-summary.ts'

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
  readonly sessions: readonly SessionOutcome[]
}

export async function runLearn({ loaded, ...run }: LearnOptions): Promise<LearnReport> {
  const outcomes = await runStudy({ ...run, study: loaded.study })
  return {
    name: loaded.file.name,
    hash: loaded.hash,
    seed: run.seed,
    study: loaded.file.study,
    summary: studySummary(outcomes),
    sessions: outcomes,
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
    new Map([
      ['learn.json', `${JSON.stringify(head, null, 2)}\n`],
      ['sessions.csv', sessionTable(sessions)],
    ]),
  )
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
