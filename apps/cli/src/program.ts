// The commands and their options; each command loads its own modules when it runs, so that `--help` is quick.
import { Argument, Command, Option } from '@commander-js/extra-typings'
import manifest from '../package.json' with { type: 'json' }
import { addExamples } from './examples.ts'
import { bps, impact, port, positive, rate, seed } from './option-values.ts'
import { addSweeps } from './sweep-program.ts'

/** What a command ends with: the process's exit code. */
type Finish = (code: number) => void

export function createProgram(finish: Finish): Command {
  const program = new Command('solvent')
    .description('A simulator of intent-based, cross-chain solver networks.')
    .version(manifest.version, '-V, --version')
    .showHelpAfterError('(solvent --help lists the commands)')
    .configureHelp({ sortSubcommands: false })

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

  addFaults(program, finish)

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
        'published results about learning: some sessions, or as many as the papers have',
      )
        .choices(['quick', 'full'] as const)
        .preset('quick'),
    )
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

function addResults(program: Command, finish: Finish): void {
  program
    .command('query')
    .description('SQL over the tables of a results directory')
    .argument('<dir>', 'results of a run or a sweep')
    .argument('<sql>', 'for DuckDB; the tables are in docs/results-store.md')
    .addOption(new Option('--json', 'a JSON array of objects on stdout').conflicts('csv'))
    .addOption(new Option('--csv', 'CSV on stdout'))
    .action(async (directory, sql, options) =>
      finish(await (await import('./commands/query.ts')).query(directory, sql, options)),
    )
  program
    .command('view')
    .description('the dashboard: a run, a sweep or the running network in the browser')
    .argument('[dir]', 'results of a run or a sweep, or a running network; the one of `up` when left out')
    .argument('[other]', 'results of another run, to compare')
    .option('--port <n>', 'on loopback; any free one when left out', port)
    .action(async (directory, other, options) =>
      finish(await (await import('./commands/view.ts')).view(directory, other, options)),
    )
  program
    .command('explain')
    .description('what happened to an order, and why')
    .argument('<dir>', 'results of a run')
    .argument('<order>', 'its label, e.g. retail/12, or the beginning of its id')
    .option('--json', 'one JSON object on stdout')
    .action(async (directory, order, options) =>
      finish(await (await import('./commands/explain.ts')).explain(directory, order, options)),
    )
}

function addReports(program: Command, finish: Finish): void {
  program
    .command('report')
    .description('a page with charts of a results directory')
    .argument('<dir>', 'results of a run or a sweep')
    .option('--out <dir>', 'where the page and its charts go; <dir>/report when left out')
    .action(async (directory, options) =>
      finish(await (await import('./commands/report.ts')).report(directory, options)),
    )
}

function addScreens(program: Command, finish: Finish): void {
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

function addNetworks(program: Command, finish: Finish): void {
  program
    .command('clear')
    .description('who pays what in a network of debts')
    .argument('<file>', 'exposure network, worked case or its input (JSON), or edge list (CSV)')
    .option('--alpha <rate>', "of a defaulter's outside assets, what is left", rate, 1)
    .option('--beta <rate>', "of a defaulter's claims, what is left", rate, 1)
    .option('--nodes <file>', 'the table of nodes of an edge list')
    .option('--call <id...>', 'insurers whose promises an event has called')
    .option('--json', 'one JSON object on stdout')
    .action(async (file, options) => finish(await (await import('./commands/clear.ts')).clear(file, options)))

  program
    .command('stress')
    .description('how far a shock goes in a network')
    .argument('<file>', 'exposure network, worked case or its input (JSON), or edge list (CSV)')
    .addOption(
      new Option('--model <name>', 'how it travels')
        .choices(['debtrank', 'debtrank-single', 'threshold', 'neva', 'glt', 'cfs', 'overlap'] as const)
        .makeOptionMandatory(),
    )
    .option('--shock <id=x...>', "the shock; the file's own, or each node in turn, when left out")
    .option('--nodes <file>', 'the table of nodes of an edge list')
    .option('--call <id...>', 'insurers whose promises an event has called')
    .option('--recovery <rate>', 'share of a claim recovered, where the file says nothing', rate, 0)
    .option('--alpha <impact>', 'price impact of selling all, where the file says nothing', impact, 1.0536)
    .option('--capital-ratio <rate>', 'of equity to assets, where the file says nothing', rate, 0.08)
    .option('--json', 'one JSON object on stdout')
    .action(async (file, options) =>
      finish(await (await import('./commands/stress.ts')).stress(file, options)),
    )

  program
    .command('contagion')
    .description("who loses how much to a scenario's shock, and how it came to them")
    .argument('<file>', 'scenario')
    .option('--attribute', 'how much came through each channel')
    .option('--interventions', 'what each control would have avoided')
    .option('--bound <loss>', 'and the cheapest set of controls that keeps the loss to this', impact)
    .option('--cost <name=x...>', 'what a control costs; 1 when left out')
    .option(
      '--reverse <target>',
      'the smallest shock that breaks a solver, bridge/asset, market/name, lending/name or chain',
    )
    .option('--runs <n>', 'seeds, from the first on', positive, 1)
    .option('--seed <n>', 'the first seed; the file says it when left out', seed)
    .option('--out <dir>', 'results directory; runs/contagion-<name>-<seed> when left out')
    .option('--json', 'one JSON object on stdout')
    .action(async (file, options) =>
      finish(await (await import('./commands/contagion.ts')).contagion(file, options)),
    )
}

function addLaboratory(program: Command, finish: Finish): void {
  program
    .command('learn')
    .description('learners in the fast laboratory: do they collude?')
    .argument('<file>', 'study, e.g. configs/learn/calvano-baseline.yaml')
    .option('--sessions <n>', 'independent sessions; the file says it when left out', positive)
    .option('--seed <n>', 'seed of all randomness; the file says it when left out', seed)
    .option('--workers <n>', 'threads; as many as the machine runs at once when left out', positive)
    .option('--out <dir>', 'results directory; nothing is written when left out')
    .option('--json', 'one JSON object on stdout')
    .action(async (file, options) => finish(await (await import('./commands/learn.ts')).learn(file, options)))
}

function addDisclosures(program: Command, finish: Finish): void {
  const disclose = program
    .command('disclose')
    .description('balance sheets that are committed to and not shown')
  const load = () => import('./commands/disclose.ts')
  disclose
    .command('make')
    .description("commit to a node's balance sheet, with a proof for each counterparty")
    .argument('<file>', 'exposure network')
    .requiredOption('--node <id>', 'whose')
    .requiredOption('--out <dir>', 'a new directory')
    .option('--secret <text>', 'makes the same report again; drawn when left out')
    .action(async (file, options) => finish(await (await load()).makeDisclosure(file, options)))
  disclose
    .command('verify')
    .description('whether what one was given counts in the report')
    .argument('<report>')
    .argument('<proof>')
    .option('--json', 'one JSON object on stdout')
    .action(async (report, proof, options) =>
      finish(await (await load()).verifyDisclosure(report, proof, options)),
    )
  disclose
    .command('aggregate')
    .description('an exposure network from reports alone')
    .argument('<report...>')
    .option('--shown <proof...>', 'proofs of positions that may be seen')
    .action(async (reports, options) => finish(await (await load()).aggregateDisclosures(reports, options)))
}

function addFaults(program: Command<[], Record<string, never>> | Command, finish: Finish): void {
  const fault = (program as Command).command('fault').description('break something in the running network')
  const load = () => import('./commands/fault.ts')
  const authority = () =>
    new Option('--authority <who>', 'the guardian outranks the issuer')
      .choices(['issuer', 'guardian'] as const)
      .default('issuer' as const)
  fault
    .command('inject')
    .description('put any fault of a scenario file into the network, now')
    .argument('<kind>')
    .argument('[settings...]', 'key=value')
    .option('--json', 'one JSON object on stdout')
    .action(async (kind, settings, options) => finish(await (await load()).inject(kind, settings, options)))
  for (const [name, signal, what] of [
    ['kill', 'SIGKILL', 'end a node at once'],
    ['stop', 'SIGSTOP', 'freeze a node'],
    ['cont', 'SIGCONT', 'let a frozen node go on'],
  ] as const) {
    fault
      .command(name)
      .description(what)
      .argument('<node>')
      .action(async (node) => finish(await (await load()).signalNode(node, signal)))
  }
  fault
    .command('partition')
    .description('cut nodes off from the rest')
    .argument('<node...>')
    .action(async (nodes) => finish(await (await load()).partition(nodes)))
  fault
    .command('heal')
    .description('end all partitions')
    .action(async () => finish(await (await load()).heal()))
  fault
    .command('forge')
    .description('poison a bridge: release what was never burned')
    .option('--bridge <name>')
    .option('--asset <symbol>')
    .option('--from <chain>', 'the chain that the message claims to come from')
    .option('--amount <decimal>', 'whole units', '1000')
    .action(async (options) => finish(await (await load()).forge(options)))
  for (const kind of ['pause', 'unpause'] as const) {
    fault
      .command(kind)
      .description(kind === 'pause' ? 'stop a bridge' : 'let a bridge go on')
      .argument('[bridge]')
      .addOption(authority())
      .action(async (bridge, options) => finish(await (await load()).pause(bridge, options.authority, kind)))
  }
}
