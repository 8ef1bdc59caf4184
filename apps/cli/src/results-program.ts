// The commands that look at results.
import { type Command, Option } from '@commander-js/extra-typings'
import type { Finish } from './finish.ts'
import { port } from './option-values.ts'

export function addReports(program: Command, finish: Finish): void {
  program
    .command('report')
    .description('a page with charts of a results directory')
    .argument('<dir>', 'results of a run or a sweep')
    .option('--out <dir>', 'where the page and its charts go; <dir>/report when left out')
    .action(async (directory, options) =>
      finish(await (await import('./commands/report.ts')).report(directory, options)),
    )
}

export function addResults(program: Command, finish: Finish): void {
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
