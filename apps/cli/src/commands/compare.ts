// `solvent compare FILE MECHANISM...`: one scenario's orders through several mechanisms, with paired differences.
import { availableParallelism } from 'node:os'
import { readRegularFile } from '@solvent/experiments'
import { analyseSweep } from '@solvent/experiments/analysis'
import { COMPARED_METRICS, planComparison, sweep, ThreadExecutor } from '@solvent/experiments/sweep'
import { analysisTables } from '../output/analysis-tables.ts'
import { createProgress } from '../output/progress.ts'
import { result, resultJson } from '../output/streams.ts'
import { comparisonDirectory } from '../project.ts'
import { userPath } from '../user-path.ts'
import { interruptible } from './interrupt.ts'
import { sweepOutcome } from './sweep-outcome.ts'

export interface CompareOptions {
  readonly replicates: number
  readonly seed?: number | undefined
  readonly out?: string | undefined
  readonly workers?: number | undefined
  readonly json?: boolean | undefined
}

const MOST_BYTES = 1_048_576

export async function compare(
  file: string,
  mechanisms: readonly string[],
  { replicates, seed, out, workers, json }: CompareOptions,
): Promise<number> {
  const bytes = await readRegularFile(userPath(file), {
    mostBytes: MOST_BYTES,
    shownAs: file,
    hint: 'Scenarios of the project are in configs/scenarios/.',
  })
  const plan = await planComparison({ scenario: { file, bytes }, mechanisms, replicates, seed })
  const directory = out === undefined ? comparisonDirectory(plan.name) : userPath(out)
  const runs = plan.policies.length * replicates
  const progress = createProgress('compare', runs)
  const summary = await interruptible((signal) =>
    sweep({
      directory,
      plan,
      how: 'create',
      createExecutor: (_, engine) =>
        new ThreadExecutor({ plan, engine, workers: workers ?? availableParallelism() }),
      onProgress: ({ done }) => progress.update(done, `${done} of ${runs} runs`),
      onNote: (line) => progress.say(line),
      signal,
    }),
  ).finally(() => progress.stop())
  const analysis = await analyseSweep({
    directory,
    metrics: COMPARED_METRICS,
    confidence: 0.95,
    resamples: 1_000,
    seed: 1,
  })
  if (json === true) resultJson(analysis)
  else result(`${analysisTables(analysis)}\n\nResults: ${directory}`)
  return summary === null ? 0 : sweepOutcome(summary, directory)
}
