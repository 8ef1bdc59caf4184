// What is typed, by command: the examples at the end of `--help`.
import type { Command } from '@commander-js/extra-typings'
import { EXIT } from './exit-code.ts'

/** Command (and its part) → what follows `npm run -s solvent --`. */
export const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  start: ['start', 'start configs/scenarios/quick.yaml --seed 7 --json'],
  run: [
    'run configs/scenarios/quick.yaml',
    'run configs/scenarios/quick.yaml --seed 7 --out runs/seven --json',
    'run configs/scenarios/quick.yaml --set users.alice.auction=second-price',
  ],
  init: ['init', 'init scenarios/two-bridges.yaml'],
  up: ['up configs/networks/devnet.yaml', 'up configs/networks/devnet.yaml --metrics-port 9464'],
  down: ['down'],
  send: ['send --from arbitrum --input USDC --amount 250 --to ethereum'],
  status: ['status', 'status --json'],
  logs: ['logs atlas -n 50', 'logs auctioneer-1 --events --follow'],
  'fault inject': ['fault inject sequencer-outage node=seq-arbitrum forSeconds=60'],
  'fault kill': ['fault kill atlas'],
  'fault stop': ['fault stop atlas'],
  'fault cont': ['fault cont atlas'],
  'fault partition': ['fault partition atlas borealis'],
  'fault heal': ['fault heal'],
  'fault forge': ['fault forge --bridge lone --asset rsETH --amount 500'],
  'fault pause': ['fault pause lone --authority guardian'],
  'fault unpause': ['fault unpause lone'],
  verify: ['verify', 'verify --incidents', 'verify --published quick'],
  report: ['report runs/quick-1'],
  query: ['query runs/quick-1 "SHOW TABLES"', 'query runs/sweep-queue "SELECT * FROM runs LIMIT 5" --csv'],
  view: ['view runs/quick-1', 'view runs/quick-1 runs/quick-2'],
  explain: ['explain runs/quick-1 alice/1'],
  clear: ['clear network.json --alpha 0.9 --beta 0.9'],
  stress: ['stress network.json --model debtrank --shock bank-a=0.2'],
  contagion: [
    'contagion configs/scenarios/quick.yaml',
    'contagion configs/scenarios/quick.yaml --attribute --runs 10',
  ],
  sweep: [
    'sweep configs/sweeps/queue.yaml',
    'sweep --resume runs/sweep-queue',
    'sweep configs/sweeps/queue.yaml --shard 1/4 --out part-1',
  ],
  merge: ['merge part-1 part-2 part-3 part-4 --out whole'],
  worker: ['worker --redis redis://127.0.0.1:6379'],
  analyse: ['analyse runs/sweep-queue', "analyse runs/sweep-queue --metric 'mean*' --json"],
  replay: ['replay runs/sweep-queue 12 --json'],
  compare: [
    'compare configs/scenarios/collusion/rotation.yaml first-price second-price',
    'compare configs/scenarios/quick.yaml dutch request-for-quote --replicates 30 --json',
  ],
  learn: [
    'learn configs/learn/calvano-baseline.yaml --sessions 4',
    'learn configs/learn/noisy-ring.yaml --out runs/noisy-ring',
  ],
  'disclose make': ['disclose make network.json --node bank-a --out disclosed'],
  'disclose verify': ['disclose verify disclosed/report.json disclosed/for-bank-b.json'],
  'disclose aggregate': ['disclose aggregate a/report.json b/report.json'],
  screen: ['screen bids.csv --detector', 'screen runs/quick-1 --json'],
  detector: ['detector --markets 20'],
  completion: ['completion bash >> ~/.bashrc', 'completion fish > ~/.config/fish/completions/solvent.fish'],
  doctor: ['doctor', 'doctor --json'],
}

const WIDTH = 80
const PROGRAM = 'npm run -s solvent --'

/** Puts the examples at the end of each command's help, and behind them what the exit codes mean and where more is said. */
export function addExamples(program: Command): void {
  program.addHelpText(
    'after',
    `\n${EXIT_CODES}\n\nSee also:\n  ${PROGRAM} run --help\n  docs/command-line.md`,
  )
  for (const command of program.commands)
    for (const part of command.commands.length > 0 ? command.commands : [command]) {
      const name = part === command ? command.name() : `${command.name()} ${part.name()}`
      const lines = (EXAMPLES[name] ?? []).map(typed)
      if (lines.length > 0)
        part.addHelpText(
          'after',
          `\nExamples:\n${lines.join('\n')}\n\n${EXIT_CODES}\n\nSee also:\n  docs/command-line.md#${command.name()}`,
        )
    }
}

const EXIT_CODES = `Exit codes:
  ${EXIT.ok}   well
  ${EXIT.expectation}   an expectation of the file failed
  ${EXIT.usage}   usage or configuration
  ${EXIT.invariant}   an invariant broke
  ${EXIT.io}   input or output
  ${EXIT.results}   a results directory is damaged or not ours
  ${EXIT.bug}  a fault of the program`

/** As it can be pasted into a shell, in lines of a terminal's width where that is possible. */
function typed(example: string): string {
  // An option and its value stay together.
  const words = example.match(/--?[a-z-]+ (?=[^-])(?:"[^"]*"|'[^']*'|\S+)|"[^"]*"|'[^']*'|\S+/g) ?? []
  let [text, line] = ['', `  $ ${PROGRAM}`]
  for (const word of words) {
    if (line.length + 1 + word.length + CONTINUED.length > WIDTH) {
      text += `${line}${CONTINUED}\n`
      line = `      ${word}`
    } else line += ` ${word}`
  }
  return text + line
}

const CONTINUED = ' \\'
