/**
 * Bids as comma-separated values (RFC 4180): one row a bid, names in the first row. An empty bid is a bidder who was
 * asked and did not bid. `conduct` is the truth about the bidder where it is known, for whoever keeps the score; nothing is read from it.
 */
import { nearestName } from '@solvent/primitives'
import { type CsvError, parse } from 'csv-parse/sync'
import { beyondLimits, LEAST_AMOUNT, MOST_AMOUNT } from './bid-limits.ts'
import { bidsError } from './bids-error.ts'
import { secondsOf } from './date-time.ts'
import type { TenderRecord } from './tender-record.ts'

const REQUIRED = ['tender', 'bidder', 'bid'] as const
const OF_THE_BID = ['cost', 'utilisation', 'round', 'conduct'] as const
const OF_THE_TENDER = ['base', 'reserve', 'chain', 'asset', 'time'] as const
const COLUMNS = [...REQUIRED, ...OF_THE_BID, ...OF_THE_TENDER] as const

type Column = (typeof COLUMNS)[number]
type Row = Readonly<Partial<Record<Column, string>>> & { readonly line: number }

export interface ReadBids {
  readonly bidders: readonly string[]
  readonly records: readonly TenderRecord[]
}

/**
 * Tenders in the order of their time where there is one, else in that of their first row.
 *
 * @throws SolventError E_BIDS with the line of everything that is wrong: unknown, missing or repeated columns, cells
 *   that are no numbers, bids and costs that are not positive, two bids of one bidder, rows of one tender that differ
 */
export function bidsFromCsv(file: string, text: string): ReadBids {
  const rows = rowsOf(file, text)
  const problems: string[] = []
  const bidders = [...new Set(rows.map(({ bidder }) => bidder ?? ''))]
  const tenders = [...Map.groupBy(rows, ({ tender }) => tender ?? '')]
  const excess = beyondLimits(tenders.length, bidders.length)
  if (excess !== undefined) throw bidsError(file, [excess])
  const column = new Map(bidders.map((bidder, at) => [bidder, at]))
  const records = tenders.map(([id, group]) => tenderOf(id, group, column, problems))
  const timed = inOrderOfTime(records, tenders, problems)
  if (problems.length > 0) throw bidsError(file, problems)
  return { bidders, records: timed }
}

interface TimedRecord extends TenderRecord {
  readonly time: number | null
}

function tenderOf(
  id: string,
  group: readonly Row[],
  column: ReadonlyMap<string, number>,
  problems: string[],
): TimedRecord {
  const first = group[0]!
  for (const name of OF_THE_TENDER) {
    const other = group.find((row) => row[name] !== first[name])
    if (other !== undefined)
      problems.push(
        `line ${other.line}, ${name}: tender ${id} has ${shown(first[name])} on line ${first.line} (got ${shown(other[name])})`,
      )
  }
  const empty = () => new Array<number | null>(column.size).fill(null)
  const [bids, rebids, costs, utilisation] = [empty(), empty(), empty(), empty()]
  const lines = new Map<string, number>()
  for (const row of group) {
    const at = column.get(row.bidder ?? '') ?? 0
    const round = row.round ?? ''
    if (!['', '1', '2'].includes(round))
      problems.push(`line ${row.line}, round: 1 or 2 (got ${shown(round)})`)
    const key = `${round === '2' ? 2 : 1}/${row.bidder}`
    const earlier = lines.get(key)
    if (earlier !== undefined)
      problems.push(`line ${row.line}: ${row.bidder} has bid in tender ${id} on line ${earlier} already`)
    lines.set(key, row.line)
    const list = round === '2' ? rebids : bids
    list[at] = positive(row, 'bid', problems)
    costs[at] = positive(row, 'cost', problems) ?? costs[at]!
    utilisation[at] = decimal(row, 'utilisation', problems) ?? utilisation[at]!
  }
  return {
    id,
    chain: first.chain ?? null,
    asset: first.asset ?? null,
    base: positive(first, 'base', problems),
    reserve: positive(first, 'reserve', problems),
    time: timeOf(first, problems),
    bids,
    rebids: rebids.some((bid) => bid !== null) ? rebids : null,
    costs,
    utilisation,
  }
}

function inOrderOfTime(
  records: readonly TimedRecord[],
  tenders: readonly [string, readonly Row[]][],
  problems: string[],
): TimedRecord[] {
  const without = records.findIndex(({ time }) => time === null)
  if (without === -1) return [...records].sort((a, b) => a.time! - b.time!)
  const hasSome = records.some(({ time }) => time !== null)
  if (hasSome)
    problems.push(`line ${tenders[without]![1][0]!.line}, time: missing, and other tenders have one`)
  return [...records]
}

const DECIMAL = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/

function decimal(row: Row, name: Column, problems: string[]): number | null {
  const written = row[name]
  if (written === undefined) return null
  if (DECIMAL.test(written) && Number.isFinite(Number(written))) return Number(written)
  problems.push(
    `line ${row.line}, ${name}: not a decimal number (got ${shown(written)}; leave it empty where there is none)`,
  )
  return null
}

function positive(row: Row, name: Column, problems: string[]): number | null {
  const value = decimal(row, name, problems)
  if (value !== null && value <= 0) problems.push(`line ${row.line}, ${name}: not above 0 (got ${value})`)
  else if (value !== null && (value < LEAST_AMOUNT || value > MOST_AMOUNT))
    problems.push(`line ${row.line}, ${name}: not from ${LEAST_AMOUNT} to ${MOST_AMOUNT} (got ${value})`)
  return value
}

function timeOf(row: Row, problems: string[]): number | null {
  const written = row.time
  if (written === undefined) return null
  const time = DECIMAL.test(written) ? Number(written) : secondsOf(written)
  if (time !== null && Number.isFinite(time)) return time
  problems.push(
    `line ${row.line}, time: a number, a date, or a date and time with its zone (got ${shown(written)})`,
  )
  return null
}

/** What the parser gives with `info`. */
interface ParsedRecord {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

function rowsOf(file: string, text: string): Row[] {
  let parsed: readonly ParsedRecord[]
  try {
    const options = { bom: true, info: true, skip_empty_lines: true, trim: true } as const
    parsed = parse(text, options) as unknown as readonly ParsedRecord[]
  } catch (cause) {
    throw bidsError(file, [brokenRow(cause as CsvError, text)])
  }
  const [head, ...rest] = parsed
  const names = head?.record ?? []
  checkColumns(file, names)
  const rows = rest.map(({ record, info }): Row => {
    const cells = record.flatMap((cell, at) => (cell === '' ? [] : [[names[at], cell]]))
    return { ...(Object.fromEntries(cells) as Partial<Record<Column, string>>), line: info.lines }
  })
  const nameless = rows.flatMap((row) =>
    (['tender', 'bidder'] as const).flatMap((name) =>
      row[name] === undefined ? [`line ${row.line}, ${name}: empty`] : [],
    ),
  )
  if (nameless.length > 0) throw bidsError(file, nameless)
  return rows
}

const OTHER_SEPARATORS = { ';': 'semicolons', '\t': 'tabs' } as const

/** What the reader can do about a row that is none. */
function brokenRow({ message }: CsvError, text: string): string {
  const [names = ''] = text.split(/\r?\n/, 1)
  for (const [mark, called] of Object.entries(OTHER_SEPARATORS))
    if (names.includes(mark) && !names.includes(','))
      return `line 1: columns are divided by ${called}; commas are needed, and points in decimals`
  const length = /expect (\d+), got (\d+) on line (\d+)/.exec(message)
  if (length === null) return message
  const [, expected, got, line] = length
  return `line ${line}: ${expected} columns are needed, as in the first row (got ${got})`
}

function checkColumns(file: string, names: readonly string[]): void {
  const problems = [
    ...REQUIRED.filter((name) => !names.includes(name)).map(
      (name) => `line 1: the column ${name} is missing`,
    ),
    ...names
      .filter((name) => !(COLUMNS as readonly string[]).includes(name))
      .map((name) => {
        const near = nearestName(name, COLUMNS)
        return `line 1: unknown column ${JSON.stringify(name)}${near === undefined ? '' : ` (did you mean ${near}?)`}`
      }),
    ...names
      .filter((name, at) => names.indexOf(name) !== at)
      .map((name) => `line 1: the column ${name} stands twice`),
  ]
  if (problems.length > 0)
    throw bidsError(file, problems, `Columns: ${COLUMNS.join(', ')}; the first row names them.`)
}

const shown = (written: string | undefined) => JSON.stringify(written ?? '')
