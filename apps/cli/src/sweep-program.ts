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
    .option('--json', 'the summary on stdout')
    .action(async (file, options) => finish(await (await import('./commands/sweep.ts')).sweep(file, options)))
}

const MOST_WORKERS = 256

function workers(text: string): number {
  if (!/^\d{1,3}$/.test(text) || Number(text) === 0 || Number(text) > MOST_WORKERS)
    throw new InvalidArgumentError(`A whole number from 1 to ${MOST_WORKERS} is needed.`)
  return Number(text)
}
