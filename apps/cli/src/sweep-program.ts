// The commands of sweeps and of the results that they leave.
import { type Command, InvalidArgumentError } from '@commander-js/extra-typings'

type Finish = (code: number) => void

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
    .command('replay')
    .description('one run of a sweep again')
    .argument('<dir>', 'results directory of the sweep')
    .argument('<run>', 'its number', runNumber)
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
