// `solvent stress`: how far a shock goes in a network that a person gave.
import { type StressModel, type StressReport, stressNetwork } from '@solvent/experiments'
import { EXIT } from '../exit-code.ts'
import { readNetwork } from '../input.ts'
import { namedNumbers } from '../named-numbers.ts'
import { bold, note, result, resultJson } from '../output/streams.ts'
import { number, table } from '../output/table.ts'

export interface StressOptions {
  readonly model: StressModel
  readonly shock?: readonly string[] | undefined
  readonly nodes?: string | undefined
  readonly call?: readonly string[] | undefined
  readonly recovery: number
  readonly alpha: number
  readonly capitalRatio: number
  readonly json?: boolean | undefined
}

/** Vectors by asset; all others but the lists are by node. */
const OF_ASSETS: ReadonlySet<string> = new Set(['assetSales', 'secondRoundReturn', 'prices'])
const LISTS: ReadonlySet<string> = new Set(['priceIterates', 'defaulted'])

type Fields = Readonly<Record<string, unknown>>

/** Rows of a table; all are in `--json`. */
const MOST_ROWS = 40

export async function stress(file: string, options: StressOptions): Promise<number> {
  const source = await readNetwork(file, options.nodes)
  const report = stressNetwork(source, {
    ...options,
    calls: options.call,
    shocks: namedNumbers('shock', options.shock ?? []),
  })
  if (options.json === true) resultJson(asJson(report))
  else print(report)
  return EXIT.ok
}

function asJson({ model, ids, assetIds, network, outcomes }: StressReport): Fields {
  const about = { model, ids, ...(assetIds === undefined ? {} : { assetIds }), ...network }
  return 'one' in outcomes ? { ...about, ...outcomes.one } : { ...about, scenarios: outcomes.each }
}

function print(report: StressReport): void {
  if (report.network !== undefined) printNetwork(report.network)
  if ('one' in report.outcomes) printOne(report, report.outcomes.one)
  else printEach(report.outcomes.each)
}

function printNetwork({ losses = {}, shape = {}, failedBefore, ...rest }: Fields): void {
  if (Array.isArray(failedBefore))
    note(`without equity before any shock, and left out: ${failedBefore.join(', ')}`)
  result(lines(rest))
  if (isFields(shape)) result(lines(shape))
  if (isFields(losses))
    for (const [variant, values] of Object.entries(losses))
      if (isFields(values)) result(`losses of others, ${variant}: ${lines(values)}`)
  result('')
}

/** Every variant's numbers, then its vectors as columns. */
function printOne({ ids, assetIds = [] }: StressReport, { name, ...fields }: Fields): void {
  result(bold(String(name)))
  for (const [variant, values] of variantsOf(fields)) {
    result(`\n${variant === '' ? '' : `${bold(variant)}\n`}${lines(values)}`)
    printVectors('node', ids, values, (field) => !OF_ASSETS.has(field) && !LISTS.has(field))
    printVectors('asset', assetIds, values, (field) => OF_ASSETS.has(field))
  }
}

function printVectors(
  what: string,
  names: readonly string[],
  values: Fields,
  belongs: (field: string) => boolean,
): void {
  const columns = Object.entries(values).filter(
    (entry): entry is [string, number[]] => Array.isArray(entry[1]) && belongs(entry[0]),
  )
  if (names.length === 0 || columns.length === 0) return
  result(
    table(
      [what, ...columns.map(([field]) => field)],
      names
        .slice(0, MOST_ROWS)
        .map((name, at) => [name, ...columns.map(([, vector]) => number(vector[at]!))]),
    ),
  )
  if (names.length > MOST_ROWS) note(`${names.length - MOST_ROWS} more; --json has all`)
}

/** One row for each shock, the worst first. */
function printEach(each: readonly Fields[]): void {
  const rows = each.map(({ name, node: _, ...fields }) => ({
    name: String(name),
    numbers: variantsOf(fields).flatMap(([variant, values]) =>
      Object.entries(values)
        .map(([field, value]): [string, unknown] =>
          field === 'equity' ? [`${field} of all`, sumOf(value)] : [field, value],
        )
        .filter((entry): entry is [string, number] => typeof entry[1] === 'number')
        .map(([field, value]) => [variant === '' ? field : `${variant}.${field}`, value] as const),
    ),
  }))
  const head = rows[0]?.numbers.map(([field]) => field) ?? []
  const leading = Math.max(
    0,
    head.findIndex((field) => /additionalStress|defaults/.test(field)),
  )
  const worst = rows.toSorted((a, b) => (b.numbers[leading]?.[1] ?? 0) - (a.numbers[leading]?.[1] ?? 0))
  result(
    table(
      ['shock', ...head],
      worst
        .slice(0, MOST_ROWS)
        .map(({ name, numbers }) => [name, ...numbers.map(([, value]) => number(value))]),
    ),
  )
  if (each.length > MOST_ROWS) note(`${each.length - MOST_ROWS} more; --json has all`)
}

function sumOf(values: unknown): unknown {
  return Array.isArray(values) ? values.reduce((sum: number, value: number) => sum + value, 0) : values
}

/** Named variants of an outcome, or the outcome itself without a name. */
function variantsOf(fields: Fields): [string, Fields][] {
  const variants = Object.entries(fields).filter(
    (entry): entry is [string, Fields] => isFields(entry[1]) && entry[0] !== 'certificate',
  )
  return variants.length > 0 ? variants : [['', fields]]
}

function lines(values: Fields): string {
  return Object.entries(values)
    .flatMap(([field, value]) => {
      if (typeof value === 'number') return [`${field} ${number(value)}`]
      if (typeof value === 'string') return [`${field} ${value}`]
      return isFields(value) && field === 'certificate' ? [`certificate: ${lines(value)}`] : []
    })
    .join(' · ')
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
