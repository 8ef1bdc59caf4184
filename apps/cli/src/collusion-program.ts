// The commands of the collusion laboratory: learners, screens and detectors.
import type { Command } from '@commander-js/extra-typings'
import type { Finish } from './finish.ts'
import { positive, seed } from './option-values.ts'

export function addLaboratory(program: Command, finish: Finish): void {
  program
    .command('compare')
    .description('the orders of one scenario through several mechanisms, with paired differences')
    .argument('<file>', 'scenario')
    .argument('<mechanism...>', 'two or more; the first is what the others are compared with')
    .option('--replicates <n>', 'pairs of runs, each with its own random numbers', positive, 10)
    .option('--seed <n>', 'seed of all randomness; the file says it when left out', seed)
    .option('--out <dir>', 'a new results directory; runs/compare-<name> when left out')
    .option('--workers <n>', 'threads; as many as the machine runs at once when left out', positive)
    .option('--json', 'one JSON object on stdout')
    .action(async (file, mechanisms, options) =>
      finish(await (await import('./commands/compare.ts')).compare(file, mechanisms, options)),
    )
  program
    .command('learn')
    .description('learners, rings and competitors in the fast laboratory: what do users pay?')
    .argument('<file>', 'study, e.g. configs/learn/calvano-baseline.yaml or configs/learn/noisy-ring.yaml')
    .option('--sessions <n>', 'independent sessions; the file says it when left out', positive)
    .option('--seed <n>', 'seed of all randomness; the file says it when left out', seed)
    .option('--workers <n>', 'threads; as many as the machine runs at once when left out', positive)
    .option('--out <dir>', 'results directory; nothing is written when left out')
    .option('--json', 'one JSON object on stdout')
    .action(async (file, options) => finish(await (await import('./commands/learn.ts')).learn(file, options)))
}

export function addScreens(program: Command, finish: Finish): void {
  program
    .command('screen')
    .description('what bids alone show of collusion')
    .argument('<file>', 'bids (JSON or CSV), or the results of a run')
    .option('--permutations <n>', 'permutations behind each p value', positive, 10_000)
    .option('--seed <n>', 'seed of the permutations', seed, 1)
    .option('--detector', 'and the score of a detector trained on simulated cartels')
    .option('--json', 'one JSON object on stdout')
    .action(async (file, options) =>
      finish(await (await import('./commands/screen.ts')).screen(file, options)),
    )
  program
    .command('detector')
    .description('how good a trained detector is at cartels that it never saw')
    .option('--markets <n>', 'simulated markets of each kind under each rule', positive, 40)
    .option('--seed <n>', 'seed of the markets', seed, 1)
    .option('--labelled <file>', 'labelled auctions (JSON with columns and rows, as Tsuchiura)')
    .option('--json', 'one JSON object on stdout')
    .action(async (options) => finish(await (await import('./commands/detector.ts')).detector(options)))
}
