// `solvent learn FILE`: learners meet in the fast laboratory, for millions of periods, on worker threads.
import {
  checkResultsDirectory,
  learnJson,
  loadLearnFile,
  machineWorkers,
  readRegularFile,
  runLearn,
  writeLearn,
} from '@solvent/experiments'
import { EXIT } from '../exit-code.ts'
import { learnTables } from '../output/learn-tables.ts'
import { createProgress } from '../output/progress.ts'
import { note, result, resultJson } from '../output/streams.ts'
import { userPath } from '../user-path.ts'

const MOST_FILE_BYTES = 1_048_576

export interface LearnCommandOptions {
  readonly sessions?: number | undefined
  readonly seed?: number | undefined
  readonly workers?: number | undefined
  /** Nothing is written when left out. */
  readonly out?: string | undefined
  readonly json?: boolean | undefined
}

export async function learn(path: string, options: LearnCommandOptions): Promise<number> {
  const bytes = await readRegularFile(userPath(path), {
    mostBytes: MOST_FILE_BYTES,
    shownAs: path,
    hint: 'Files of the project are in configs/learn/.',
  })
  const loaded = loadLearnFile(path, bytes)
  const directory = options.out === undefined ? null : userPath(options.out)
  if (directory !== null) await checkResultsDirectory(directory)
  const sessions = options.sessions ?? loaded.file.sessions
  const progress = createProgress(loaded.file.name, sessions)
  const report = await runLearn({
    loaded,
    sessions,
    seed: options.seed ?? loaded.file.seed,
    workers: options.workers ?? machineWorkers(),
    onProgress: (done) => progress.update(done, `${done} of ${sessions} sessions`),
  }).finally(() => progress.stop())
  if (directory !== null) await writeLearn(directory, report)
  if (options.json === true) resultJson(learnJson(report))
  else result(directory === null ? learnTables(report) : `${learnTables(report)}\n\nResults: ${directory}`)
  const failed = (report.expectations ?? []).filter(({ ok }) => !ok)
  for (const { name, got, want } of failed)
    note(`expectation failed: ${name} (got ${String(got)}, want ${want})`)
  return failed.length > 0 ? EXIT.expectation : EXIT.ok
}
