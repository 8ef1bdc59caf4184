// The commands of sweeps and of the results that they leave.
import { type Command, InvalidArgumentError } from '@commander-js/extra-typings'
import type { Finish } from './finish.ts'
import { seed } from './option-values.ts'

export function addSweeps(program: Command, finish: Finish): void {
  program
    .command('sweep')
    .description('many runs of one base: what varies, under which policies, how often')
    .argument('[file]', 'sweep file; may be left out with --resume')
    .option('--out <dir>', 'a new results directory; runs/sweep-<name> when left out')
    .option('--resume <dir>', 'go on with a sweep that was ended before it was complete')
    .option('--workers <n>', 'worker threads; one for each core when left out', workers)
    .option('--redis <url>', 'workers anywhere run the runs; see worker')
    .option('--shard <i/n>', 'only this part of so many, for batch systems; see merge', shard)
    .option('--json', 'the summary on stdout')
    .action(async (file, options) => finish(await (await import('./commands/sweep.ts')).sweep(file, options)))

  program
    .command('worker')
    .description('runs of sweeps that wait in a queue, until Ctrl-C')
    .requiredOption('--redis <url>', 'address of the Redis')
    .option('--workers <n>', 'worker threads; one for each core when left out', workers)
    .action(async (options) => finish(await (await import('./commands/worker.ts')).worker(options)))

  program
    .command('merge')
    .description('one sweep of its parts')
    .argument('<shard...>', 'the directories of all parts')
    .requiredOption('--out <dir>', 'a new results directory')
    .option('--json', 'the summary on stdout')
    .action(async (shards, options) =>
      finish(await (await import('./commands/merge.ts')).merge(shards, options)),
    )

  program
    .command('analyse')
    .alias('analyze')
    .description('means, quantiles, paired differences and sensitivities of a sweep, with intervals')
    .argument('<dir>', 'results directory of a sweep that is complete')
    .option('--metric <name...>', 'which; * stands for any text; the first six that vary when left out')
    .option('--outcome <name>', 'and how well each tells the runs in which this metric is above zero')
    .option('--confidence <share>', 'of the intervals', confidence, 0.95)
    .option('--resamples <n>', 'draws of each bootstrap', resamples, 1_000)
    .option('--seed <n>', 'seed of the bootstraps', seed, 1)
    .option('--json', 'one JSON object on stdout')
    .action(async (dir, options) =>
      finish(await (await import('./commands/analyse.ts')).analyse(dir, options)),
    )

  program
    .command('replay')
    .description('one run of a sweep again')
    .argument('<dir>', 'results directory of the sweep')
    .argument('<run>', 'its number', runNumber)
    .option(
      '--out <dir>',
      'of a run of a scenario: results as `run` writes them; nothing is written when left out',
    )
    .option('--json', 'with its events, as one object on stdout')
    .action(async (dir, run, options) =>
      finish(await (await import('./commands/replay.ts')).replay(dir, run, options)),
    )
}

const MOST_WORKERS = 256

function workers(text: string): number {
  if (!/^\d{1,3}$/.test(text) || Number(text) === 0 || Number(text) > MOST_WORKERS)
    throw new InvalidArgumentError(`A whole number from 1 to ${MOST_WORKERS} is needed.`)
  return Number(text)
}

const MOST_SHARDS = 10_000

/** `3/8` is the third of eight. */
function shard(text: string): { index: number; of: number } {
  const [, part, of] = /^(\d{1,5})\/(\d{1,5})$/.exec(text)?.map(Number) ?? []
  if (part === undefined || of === undefined || part < 1 || part > of || of > MOST_SHARDS)
    throw new InvalidArgumentError(
      `A part and their number are needed, from 1/1 to ${MOST_SHARDS}/${MOST_SHARDS}.`,
    )
  return { index: part - 1, of }
}

function runNumber(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new InvalidArgumentError('A whole number is needed.')
  return Number(text)
}

function confidence(text: string): number {
  if (!/^0?\.\d+$/.test(text) || Number(text) < 0.5 || Number(text) > 0.999)
    throw new InvalidArgumentError('A number from 0.5 to 0.999 is needed.')
  return Number(text)
}

const MOST_RESAMPLES = 100_000

function resamples(text: string): number {
  if (!/^\d{3,6}$/.test(text) || Number(text) < 100 || Number(text) > MOST_RESAMPLES)
    throw new InvalidArgumentError(`A whole number from 100 to ${MOST_RESAMPLES} is needed.`)
  return Number(text)
}
