// Networks in two tables of comma-separated values (RFC 4180): one row a claim, one row a node, names in the first row.
import { type ExposureNetwork, MAX_FILE_CLAIMS, MAX_FILE_NODES } from '@solvent/contagion'
import { nearestName } from '@solvent/primitives'
import { type CsvError, parse } from 'csv-parse/sync'
import { LARGER, networkError } from './network-error.ts'

/** How a cell is read: text as it stands, or a decimal number. */
type Cell = 'text' | 'number'

interface Columns {
  readonly required: Readonly<Record<string, Cell>>
  readonly optional: Readonly<Record<string, Cell>>
}

const CLAIMS: Columns = {
  required: { debtor: 'text', creditor: 'text', amount: 'number' },
  optional: { layer: 'text', seniority: 'number' },
}
const NODES: Columns = {
  required: { id: 'text', externalAssets: 'number', externalLiabilities: 'number' },
  optional: { kind: 'text', buffer: 'number', weight: 'number', sigmaAsset: 'number' },
}

/** A table as a person gave it. */
export interface CsvFile {
  readonly file: string
  readonly text: string
}

/**
 * An exposure network from its two tables, values not judged yet.
 *
 * @throws SolventError E_NETWORK for text that is no such table, unknown, missing or repeated columns, and cells that
 *   are no numbers, with the line of each
 */
export function exposuresFromCsv(claims: CsvFile, nodes: CsvFile): unknown {
  checkSize(claims, MAX_FILE_CLAIMS)
  checkSize(nodes, MAX_FILE_NODES)
  const network: { [key in keyof ExposureNetwork]?: unknown } = {
    format: 'solvent-exposures',
    version: 1,
    nodes: rowsOf(nodes, NODES),
    claims: rowsOf(claims, CLAIMS),
  }
  return network
}

/** Before a row is read: what is too much would take a minute to say so. */
function checkSize({ file, text }: CsvFile, most: number): void {
  let rows = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1))
    if (text[at + 1] !== '\n') rows++
  // The first row names the columns, and the last one may end without a line's end.
  if (text.endsWith('\n')) rows--
  if (rows > most) throw networkError(file, [`${rows} rows, and at most ${most} are read`], LARGER)
}

function rowsOf({ file, text }: CsvFile, columns: Columns): Record<string, unknown>[] {
  const [head, ...rows] = records(file, text)
  const names = head?.record ?? []
  checkColumns(file, names, columns)
  const cellOf: Readonly<Record<string, Cell>> = { ...columns.required, ...columns.optional }
  const problems: string[] = []
  const read = rows.map(({ record, line }) => {
    const cells = record.flatMap((written, at): [string, unknown][] => {
      const name = names[at] ?? ''
      if (written === '' && name in columns.optional) return []
      const value = cellOf[name] === 'number' ? numberOf(written) : written
      if (value === null)
        problems.push(`line ${line}, ${name}: not a decimal number (got ${JSON.stringify(written)})`)
      return [[name, value]]
    })
    return Object.fromEntries(cells)
  })
  if (problems.length > 0) throw networkError(file, problems)
  return read
}

interface CsvRecord {
  readonly record: readonly string[]
  readonly line: number
}

/** What the parser gives with `info`. */
interface ParsedRecord {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

function records(file: string, text: string): CsvRecord[] {
  try {
    const options = { bom: true, info: true, skip_empty_lines: true, trim: true } as const
    const parsed = parse(text, options) as unknown as readonly ParsedRecord[]
    return parsed.map(({ record, info }) => ({ record, line: info.lines }))
  } catch (cause) {
    throw networkError(file, [(cause as CsvError).message])
  }
}

function checkColumns(file: string, names: readonly string[], { required, optional }: Columns): void {
  const known = [...Object.keys(required), ...Object.keys(optional)]
  const problems = [
    ...Object.keys(required)
      .filter((name) => !names.includes(name))
      .map((name) => `line 1: the column ${name} is missing`),
    ...names
      .filter((name) => !known.includes(name))
      .map((name) => {
        const near = nearestName(name, known)
        return `line 1: unknown column ${JSON.stringify(name)}${near === undefined ? '' : ` (did you mean ${near}?)`}`
      }),
    ...names
      .filter((name, at) => names.indexOf(name) !== at)
      .map((name) => `line 1: the column ${name} stands twice`),
  ]
  if (problems.length > 0)
    throw networkError(file, problems, `Columns: ${known.join(', ')}; the first row names them.`)
}

/** A decimal number, exponent allowed; null for everything else, NaN and Infinity included. */
function numberOf(written: string): number | null {
  return /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(written) ? Number(written) : null
}
