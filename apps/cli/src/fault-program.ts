// The commands that break something in the running network.
import { type Command, Option } from '@commander-js/extra-typings'
import type { Finish } from './finish.ts'

export function addFaults(program: Command, finish: Finish): void {
  const fault = program.command('fault').description('break something in the running network')
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
