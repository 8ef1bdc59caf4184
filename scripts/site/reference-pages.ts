// Pages of reference that are made from the code: the keys of the files from their schemas, commands from the program's own help,
// tables from their shapes, the summary from a run, and what all models leave out from their pages.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createProgram } from '../../apps/cli/src/program.ts'
import { loadScenario, runScenario } from '../../packages/experiments/src/index.ts'
import { learnJsonSchema } from '../../packages/experiments/src/learning/learn-schema.ts'
import { scenarioJsonSchema } from '../../packages/experiments/src/scenario/scenario-schema.ts'
import { RUN_SHAPES } from '../../packages/experiments/src/store/run-shapes.ts'
import { SWEEP_SHAPES } from '../../packages/experiments/src/store/sweep-tables.ts'
import { SQL_TYPES, type TableShape } from '../../packages/experiments/src/store/table.ts'
import { sweepJsonSchema } from '../../packages/experiments/src/sweep/sweep-schema.ts'
import { type Schema, type SchemaRow, schemaRows } from './schema-rows.ts'

/** Text by path, below `reference/`. */
export async function referencePages(root: string): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['scenario.md', schemaPage('Scenario: all keys', '../scenario-files.md', scenarioJsonSchema() as Schema)],
    ['sweep.md', schemaPage('Sweep: all keys', '../sweep-files.md', sweepJsonSchema() as Schema)],
    ['learn.md', schemaPage('Study: all keys', '../learn-files.md', learnJsonSchema() as Schema)],
    ['summary.md', await summaryPage(root)],
    ['tables.md', tablesPage()],
    ['commands.md', commandsPage()],
    ['limits-by-model.md', limitsPage(root)],
  ])
}

function schemaPage(title: string, explained: string, schema: Schema): string {
  const keys = Object.entries(schema.properties ?? {}).map(([key, child]) => {
    const isNeeded = schema.required?.includes(key) === true
    const rows = schemaRows({ properties: { [key]: child }, ...(isNeeded ? { required: [key] } : {}) }, '')
    return { key, rows }
  })
  const lone = keys.flatMap(({ rows }) => (rows.length === 1 ? rows : []))
  const parts = [
    ...(lone.length === 0 ? [] : [`## Of the file\n\n${rowsTable(lone)}`]),
    ...keys.flatMap(({ key, rows }) => (rows.length === 1 ? [] : [`## ${key}\n\n${rowsTable(rows)}`])),
  ]
  return `# ${title}

Made from the schema. What the keys mean is explained in [${explained.replace('../', '')}](${explained}). \`<name>\` is a name of your own, \`[]\` an
item of a list, \`{kind: …}\` a variant that has these keys.

${parts.join('\n\n')}
`
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

function rowsTable(rows: readonly SchemaRow[]): string {
  const lines = rows.map(
    ({ path, allowed, otherwise }) =>
      `| \`${cell(path)}\` | ${cell(allowed)} | ${/^\w+( \w+)*$/.test(otherwise) && !/^(true|false|\d+)$/.test(otherwise) ? otherwise : `\`${cell(otherwise)}\``} |`,
  )
  return ['| key | what it may be | when left out |', '|---|---|---|', ...lines].join('\n')
}

function tablesPage(): string {
  const table = ({ name, about, columns }: TableShape) =>
    [
      `## ${name}`,
      '',
      about,
      '',
      '| column | type | meaning |',
      '|---|---|---|',
      ...columns.map(
        ({ name: column, type, about: meaning }) =>
          `| \`${column}\` | ${SQL_TYPES[type]} | ${cell(meaning)} |`,
      ),
    ].join('\n')
  return `# Tables: all columns

Made from the code that writes them. How to read them is in [results-tables.md](../results-tables.md) and [results-store.md](../results-store.md).

${[...Object.values(RUN_SHAPES), ...Object.values(SWEEP_SHAPES)].map(table).join('\n\n')}
`
}

const EXAMPLE = 'configs/scenarios/quick.yaml'

/** Every path of the summary of a small run, lists by their first item. */
async function summaryPage(root: string): Promise<string> {
  const loaded = loadScenario(EXAMPLE, readFileSync(join(root, EXAMPLE)))
  const { summary } = await runScenario({ loaded, seed: 1, runtime: 'sim', nodeProgram: '' })
  const { wallMs: _, ...repeatable } = summary
  const lines = leaves(repeatable, '').map(
    ({ path, value }) =>
      `| \`${path}\` | ${value === null ? 'null' : typeof value} | \`${cell(String(value)).slice(0, 60)}\` |`,
  )
  return `# Summary: all fields

Made from the summary of \`npm run -s solvent -- run ${EXAMPLE} --json\`; of lists the first item is shown, and \`wallMs\`, which differs from run to
run, is left out. What the fields mean is in [run-summary.md](../run-summary.md).

| field | type | here |
|---|---|---|
${lines.join('\n')}
`
}

function leaves(value: unknown, path: string): { readonly path: string; readonly value: unknown }[] {
  if (Array.isArray(value))
    return value.length === 0 ? [{ path: `${path}[]`, value: '' }] : leaves(value[0], `${path}[]`)
  if (typeof value !== 'object' || value === null) return [{ path, value }]
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`))
}

function commandsPage(): string {
  const program = createProgram(() => undefined)
  const parts = program.commands.flatMap((command) => [
    `## ${command.name()}\n\n${help(command)}`,
    ...command.commands.map((inner) => `### ${command.name()} ${inner.name()}\n\n${help(inner)}`),
  ])
  return `# Commands: their own help

What \`solvent COMMAND --help\` prints. Each command is explained in [command-line.md](../command-line.md).

${parts.join('\n\n')}
`
}

type Program = ReturnType<typeof createProgram>['commands'][number]

/** What stands on a page without being cut off. */
const COLUMNS = 72

/** As on a terminal, with the examples below it. */
function help(command: Program): string {
  let text = ''
  command.configureOutput({
    writeOut: (part) => (text += part),
    getOutHelpWidth: () => COLUMNS,
    getOutHasColors: () => false,
  })
  command.outputHelp()
  return `\`\`\`text\n${text.trim()}\n\`\`\``
}

function limitsPage(root: string): string {
  const folder = join(root, 'docs/models')
  const parts = readdirSync(folder)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .sort()
    .map((name) => {
      const page = readFileSync(join(folder, name), 'utf8')
      const [, title = name] = /^# (.+)$/m.exec(page) ?? []
      const [, text = ''] = /^## What it leaves out\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(page) ?? []
      const links = text.replace(
        /\]\((?!\w+:|#)([^)]+)\)/g,
        (_whole, target: string) => `](../models/${target})`,
      )
      return `## ${title}\n\n[The model](../models/${name}).\n\n${links.trim()}`
    })
  return `# What each model leaves out

Gathered from the pages of the models. What this means for each kind of use is in [limits.md](../limits.md).

${parts.join('\n\n')}
`
}
