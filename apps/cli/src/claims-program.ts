// The commands about networks of claims: who pays, how far a shock goes, and balance sheets that are committed to.
import { type Command, Option } from '@commander-js/extra-typings'
import type { Finish } from './finish.ts'
import { impact, positive, rate, seed } from './option-values.ts'

export function addNetworks(program: Command, finish: Finish): void {
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
    .addOption(
      new Option(
        '--bound-on <what>',
        "what the bound is of; everybody's loss together when left out",
      ).choices(['loss', 'unpaid'] as const),
    )
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

export function addDisclosures(program: Command, finish: Finish): void {
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
