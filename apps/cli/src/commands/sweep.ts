// `solvent sweep FILE --out DIR`: many runs of one base, recorded so that nothing is lost.
import { availableParallelism } from 'node:os'
import { dirname, resolve } from 'node:path'
import { readRegularFile } from '@solvent/experiments'
import {
  type Executor,
  planSweep,
  readSweep,
  sweep as runSweep,
  type Shard,
  type SweepPlan,
  type SweepProgress,
  type SweepSummary,
  ThreadExecutor,
} from '@solvent/experiments/sweep'
import { SolventError } from '@solvent/primitives'
import { EXIT } from '../exit-code.ts'
import { createProgress } from '../output/progress.ts'
import { note, result, resultJson } from '../output/streams.ts'
import { sweepTables } from '../output/sweep-tables.ts'
import { sweepDirectory } from '../project.ts'
import { resultsPath, userPath } from '../user-path.ts'
import { interruptible } from './interrupt.ts'
import { sweepOutcome } from './sweep-outcome.ts'

export interface SweepOptions {
  readonly out?: string | undefined
  readonly resume?: string | undefined
  readonly workers?: number | undefined
  readonly shard?: Shard | undefined
  /** Address of a Redis: workers elsewhere run the runs. */
  readonly redis?: string | undefined
  readonly json?: boolean | undefined
}

const MOST_BYTES = 1_048_576
const PROGRESS_STEPS = 1_000

export async function sweep(file: string | undefined, options: SweepOptions): Promise<number> {
  const { resume } = options
  if (file === undefined && resume === undefined)
    throw usage(
      'There is nothing to sweep.',
      'Name a sweep file; those of the project are in configs/sweeps/.',
    )
  if (resume !== undefined && options.out !== undefined)
    throw usage('--resume names the directory already.', 'Leave --out away.')
  const plan = file === undefined ? null : await readPlanOf(file)
  const directory = resume === undefined ? outOf(options.out, plan!) : await resultsPath(resume)
  const summary = await interruptible((signal) => runTold({ directory, plan, options, signal }))
  if (summary === null) {
    result(`Part ${options.shard!.index + 1} of ${options.shard!.of} is complete: ${directory}`)
    return EXIT.ok
  }
  if (options.json === true) resultJson(summary)
  else result(`${sweepTables(summary)}\n\nResults: ${directory}`)
  return sweepOutcome(summary, directory)
}

async function runTold(told: {
  readonly directory: string
  readonly plan: SweepPlan | null
  readonly options: SweepOptions
  readonly signal: AbortSignal
}): Promise<SweepSummary | null> {
  const { directory, plan, options, signal } = told
  const createExecutor = await executorFor(options)
  const progress = createProgress('sweep', PROGRESS_STEPS)
  try {
    return await runSweep({
      directory,
      plan,
      shard: options.shard,
      how: options.resume === undefined ? 'create' : 'resume',
      createExecutor,
      onProgress: (state) => progress.update(shareDone(state), progressText(state)),
      onNote: (line) => progress.say(line),
      signal,
    })
  } catch (error) {
    if (signal.aborted) note(`go on with: npm run -s solvent -- sweep --resume ${directory}`)
    throw error
  } finally {
    progress.stop()
  }
}

/** Threads of this process, or workers behind a queue, whose module is loaded only for that. */
async function executorFor({
  redis,
  workers,
}: SweepOptions): Promise<(plan: SweepPlan, engine: string) => Executor> {
  if (redis === undefined)
    return (plan, engine) => new ThreadExecutor({ plan, engine, workers: workers ?? availableParallelism() })
  const { engineFacts, QueueExecutor, refuseUnreachable } = await import('@solvent/experiments/sweep-queue')
  await refuseUnreachable(redis)
  note('runs wait for workers: npm run -s solvent -- worker --redis URL, with the same engine')
  return (plan) => new QueueExecutor({ plan, url: redis, facts: engineFacts() })
}

function shareDone({ done, total }: SweepProgress): number {
  return total === 0 ? PROGRESS_STEPS : Math.floor((PROGRESS_STEPS * done) / total)
}

function progressText({ done, total, failed, runsPerSecond, secondsLeft }: SweepProgress): string {
  const left = secondsLeft === null ? '' : `, ${duration(secondsLeft)} left`
  const bad = failed === 0 ? '' : `, ${failed} failed`
  return `${done} of ${total} runs, ${runsPerSecond.toFixed(runsPerSecond < 10 ? 1 : 0)} a second${left}${bad}`
}

function duration(seconds: number): string {
  if (seconds < 120) return `${Math.ceil(seconds)} s`
  if (seconds < 7_200) return `${Math.ceil(seconds / 60)} min`
  return `${(seconds / 3_600).toFixed(1)} h`
}

/** A sweep file and the base that it names, seen from where it stands. */
async function readPlanOf(file: string): Promise<SweepPlan> {
  const path = userPath(file)
  const hint = 'Sweeps of the project are in configs/sweeps/.'
  const read = readSweep({
    file,
    bytes: await readRegularFile(path, { mostBytes: MOST_BYTES, shownAs: file, hint }),
  })
  const base = resolve(dirname(path), read.sweep.base)
  const bytes = await readRegularFile(base, {
    mostBytes: MOST_BYTES,
    shownAs: read.sweep.base,
    hint: 'The base of a sweep is seen from the sweep file.',
  })
  return planSweep(read, { file: read.sweep.base, bytes })
}

function outOf(out: string | undefined, { name }: SweepPlan): string {
  return out === undefined ? sweepDirectory(name) : userPath(out)
}

function usage(message: string, hint: string): SolventError {
  return new SolventError({ code: 'E_USAGE', message, hint })
}
