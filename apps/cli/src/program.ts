// The commands and their options; each command loads its own modules when it runs, so that `--help` is quick.
import { Argument, Command, Option } from '@commander-js/extra-typings'
import manifest from '../package.json' with { type: 'json' }
import { addDisclosures, addNetworks } from './claims-program.ts'
import { addLaboratory, addScreens } from './collusion-program.ts'
import { addExamples } from './examples.ts'
import { addFaults } from './fault-program.ts'
import type { Finish } from './finish.ts'
import { bps, port, positive, seed } from './option-values.ts'
import { addReports, addResults } from './results-program.ts'
import { addSweeps } from './sweep-program.ts'

export function createProgram(finish: Finish): Command {
  const program = new Command('solvent')
    .description('A simulator of intent-based, cross-chain solver networks.')
    .version(manifest.version, '-V, --version')
    .showHelpAfterError('(solvent --help lists the commands)')
    // Names alone in the list of commands: with their arguments it would not fit beside what they do.
    .configureHelp({ sortSubcommands: false, subcommandTerm: (command) => command.name() })

  program
    .command('start')
    .description('the main job: a scenario as real processes, then in virtual time, and whether both agree')
    .argument('[file]', 'scenario; configs/scenarios/kelp-2026.yaml when left out')
    .option('--seed <n>', 'seed of all randomness', seed)
    .option('--out <dir>', 'results directory; runs/<name>-<seed> when left out')
    .option('--json', 'one JSON object on stdout')
    .action(async (file, options) => finish(await (await import('./commands/start.ts')).start(file, options)))

  program
    .command('run')
    .description('one scenario to its end')
    .argument('<file>', 'scenario')
    .addOption(
      new Option('--runtime <name>', 'virtual time, or real processes')
        .choices(['sim', 'libp2p'] as const)
        .default('sim' as const),
    )
    .option('--seed <n>', 'seed of all randomness; the file says it when left out', seed)
    .option('--out <dir>', 'results directory; runs/<name>-<seed> when left out')
    .addOption(
      new Option('--crypto <kind>', 'signatures in the simulator').choices(['stand-in', 'real'] as const),
    )
    .addOption(new Option('--codec <kind>', 'frames in the simulator').choices(['objects', 'real'] as const))
    .addOption(
      new Option('--hosting <how>', 'libp2p: a process for each node, or all nodes in this one').choices([
        'processes',
        'one-process',
      ] as const),
    )
    .option('--metrics-port <n>', 'libp2p: metrics for Prometheus on loopback; none when left out', port)
    .option('--counterfactual', 'play the orders once more with independent bidders: the overcharge of rings')
    .option('--set <path=value...>', 'other values in the scenario, by the paths that sweeps use')
    .option('--json', 'one JSON object on stdout')
    .action(async (file, options) => finish(await (await import('./commands/run.ts')).run(file, options)))

  program
    .command('init')
    .description('a commented scenario to begin with')
    .argument('[file]', 'a new file, whose name the scenario gets', 'scenario.yaml')
    .action(async (file) => finish(await (await import('./commands/init.ts')).init(file)))

  program
    .command('up')
    .description('a network of processes that stays up until Ctrl-C')
    .argument('<file>', 'scenario, e.g. configs/networks/devnet.yaml')
    .option('--seed <n>', 'seed of all randomness', seed)
    .option('--acceleration <n>', 'virtual seconds a second', positive)
    .option('--metrics-port <n>', 'metrics for Prometheus on loopback; none when left out', port)
    .action(async (file, options) => finish(await (await import('./commands/up.ts')).up(file, options)))

  program
    .command('down')
    .description('end the running network')
    .action(async () => finish(await (await import('./commands/down.ts')).down()))

  program
    .command('send')
    .description('sign and submit an order in the running network, and follow it to its end')
    .option('--user <node>', 'who signs')
    .option('--from <chain>', 'origin chain')
    .option('--input <asset>', 'what the user gives')
    .option('--amount <decimal>', 'how much of it, in whole units', '1000')
    .option('--to <chain>', 'destination chain')
    .option('--output <asset>', 'what the user gets; the same asset when left out')
    .option('--slippage <bps>', 'least output below the fair value', bps, 100)
    .addOption(
      new Option('--award <who>', 'who chooses the solver')
        .choices(['auctioneer', 'chain', 'user'] as const)
        .default('auctioneer' as const),
    )
    .option('--timeout <seconds>', 'how long to follow the order', positive, 120)
    .option('--json', 'one JSON object on stdout')
    .action(async (options) => finish(await (await import('./commands/send.ts')).send(options)))

  program
    .command('status')
    .description('nodes, peers, chains and backing of the running network')
    .option('--json', 'one JSON object on stdout')
    .action(async (options) => finish(await (await import('./commands/status.ts')).status(options)))

  program
    .command('logs')
    .description('what a node of the running network recorded')
    .argument('<node>')
    .option('--events', 'domain events as JSON lines')
    .option('-f, --follow', 'go on as it grows')
    .option('-n, --lines <n>', 'how many of the last lines', positive, 20)
    .action(async (node, options) => finish(await (await import('./commands/logs.ts')).logs(node, options)))

  addFaults(program as unknown as Command, finish)

  program
    .command('verify')
    .description('compute what others have published and show it beside')
    .option('--fixtures <dir>', 'worked cases: directory of fixture files')
    .option('--long', 'of the worked cases, those too that take minutes')
    .option('--incidents [dir]', 'incidents as they were reported; those of the project by default')
    .option('--finality', 'finality times of named chains; also without options')
    .addOption(
      new Option(
        '--published [size]',
        'published results about auctions and learning: the main ones, or all of them',
      )
        .choices(['quick', 'full'] as const)
        .preset('quick'),
    )
    .option('--keep <dir>', 'sessions of learners are kept there, and those that are there not run again')
    .option('--json', 'JSON on stdout')
    .action(async (options) => finish(await (await import('./commands/verify.ts')).verify(options)))

  addReports(program as unknown as Command, finish)
  addResults(program as unknown as Command, finish)
  addNetworks(program as unknown as Command, finish)
  addSweeps(program as unknown as Command, finish)
  addLaboratory(program as unknown as Command, finish)
  addDisclosures(program as unknown as Command, finish)

  addScreens(program as unknown as Command, finish)

  program
    .command('completion')
    .description('a script that completes commands and options in a shell')
    .addArgument(new Argument('<shell>', 'which').choices(['bash', 'zsh', 'fish'] as const))
    .action(async (shell) =>
      finish(await (await import('./commands/completion.ts')).completion(createProgram(finish), shell)),
    )

  program
    .command('doctor')
    .description('what this machine has')
    .option('--json', 'one JSON array on stdout')
    .action(async (options) => finish(await (await import('./commands/doctor.ts')).doctor(options)))

  addExamples(program as unknown as Command)
  return program as unknown as Command
}
