import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { isSolventError } from '@solvent/primitives'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runScenario, type ScenarioRun } from '../run/run-scenario.ts'
import { writeResults } from '../run/write-results.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import { SMALL_SCENARIO } from '../scenario/small-scenario.testing.ts'
import { parquetFiles } from './parquet-files.ts'
import { openResults, type ResultsQuery } from './query-results.ts'
import { RUN_SHAPES } from './run-shapes.ts'
import { SQL_TYPES, shape } from './table.ts'

const loaded = loadScenario('small.yaml', new TextEncoder().encode(SMALL_SCENARIO))
const directory = mkdtempSync(join(tmpdir(), 'solvent-store-'))
const played = (samples: number): Promise<ScenarioRun> =>
  runScenario({ loaded, seed: 7, runtime: 'sim', nodeProgram: '', samples })
const fileOf = (name: string, table: string) =>
  readFileSync(join(directory, name, 'tables', `${table}.parquet`))

afterAll(() => rmSync(directory, { recursive: true }))

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return await promise.then(
    () => 'none',
    (error: unknown) => (isSolventError(error) ? error.code : String(error)),
  )
}

describe('the tables of a run', () => {
  let run: ScenarioRun
  let results: ResultsQuery
  const first = async (sql: string) => (await results.run(sql)).rows[0]

  beforeAll(async () => {
    run = await played(10)
    await writeResults(join(directory, 'a'), loaded, [run])
    results = await openResults(join(directory, 'a'))
  })
  afterAll(() => results.close())

  it('are the same bytes for the same run', async () => {
    await writeResults(join(directory, 'b'), loaded, [await played(10)])
    for (const { name } of Object.values(RUN_SHAPES))
      expect(fileOf('b', name), name).toEqual(fileOf('a', name))
  })

  const bytesOf = (name: string): ArrayBuffer => {
    const { buffer, byteOffset, byteLength } = fileOf('a', name)
    return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer
  }
  const readElsewhere = (name: string) =>
    parquetReadObjects({
      file: bytesOf(name),
      compressors: { ZSTD: (input) => zstdDecompressSync(input) },
    })

  it('have the documented types in the files themselves', () => {
    const types = { AMOUNT: ['DECIMAL', 38, 0], VALUE: ['DECIMAL', 38, 8], BIGINT: 'INT64', DOUBLE: 'DOUBLE' }
    for (const { name, columns } of Object.values(RUN_SHAPES)) {
      const [, ...fields] = parquetMetadata(bytesOf(name)).schema
      expect(
        fields.map((field) => [
          field.name,
          field.converted_type === 'DECIMAL' ? ['DECIMAL', field.precision, field.scale] : field.type,
        ]),
        name,
      ).toEqual(
        columns.map((column) => [
          column.name,
          { BOOLEAN: 'BOOLEAN', VARCHAR: 'BYTE_ARRAY', ...types }[column.type],
        ]),
      )
    }
  })

  it('tell a reader of Parquet that is not DuckDB what the run told', async () => {
    const orders = await readElsewhere('orders')
    expect(orders.map(({ label, end }) => [label, end])).toEqual(
      run.report.orders.map(({ label, end }) => [label, end]),
    )
    const solvers = await readElsewhere('solvers')
    expect(solvers.map(({ solver, equity }) => [solver, Number(equity)])).toEqual(
      run.summary.solvers.map(({ id, equity }) => [id, Number(equity)]),
    )
    expect((await readElsewhere('series')).length).toBe(run.series.length)
  })

  it('say the same to a reader of Parquet that is not DuckDB', async () => {
    for (const { name } of Object.values(RUN_SHAPES)) {
      const theirs = await readElsewhere(name)
      const { columns, rows } = await results.run(`SELECT * FROM "${name}"`)
      expect(theirs.length, name).toBe(rows.length)
      for (const [at, row] of theirs.entries()) {
        expect(Object.keys(row), name).toEqual(columns)
        // The other reader makes doubles of decimals.
        for (const [place, cell] of Object.values(row).entries())
          if (typeof cell === 'number' || typeof cell === 'bigint')
            expect(Number(cell), name).toBeCloseTo(Number(rows[at]![place]), 5)
          else expect(cell ?? null, name).toEqual(rows[at]![place])
      }
    }
  })

  it('a run is the same with samples and without', async () => {
    const plain = await played(0)
    expect(plain.series).toEqual([])
    const { wallMs, ...summary } = plain.summary
    expect({ ...run.summary, wallMs: 0 }).toEqual({ ...summary, wallMs: 0 })
    expect(wallMs).toBeGreaterThanOrEqual(0)
  })

  it('hold the orders and the bids that the report has', async () => {
    const { signed, settled } = run.summary.orders
    expect(await first('SELECT count(*), count(*) FILTER ("end" = \'settled\') FROM orders')).toEqual([
      signed,
      settled,
    ])
    const bids = run.report.orders.reduce((sum, order) => sum + order.bids, 0)
    expect(bids).toBeGreaterThan(0)
    expect(await first('SELECT count(*) FROM bids')).toEqual([bids])
    expect(await first('SELECT count(*) FROM bids WHERE is_winner AND rank <> 1')).toEqual([0])
    expect(
      await first(
        'SELECT bool_and(signed_ms < awarded_ms AND awarded_ms < filled_ms) FROM orders WHERE filled_ms > 0',
      ),
    ).toEqual([true])
  })

  it('hold amounts and values exactly', async () => {
    const [one] = run.report.orders
    expect(
      await first(`SELECT input_amount, typeof(input_amount) FROM orders WHERE label = '${one!.label}'`),
    ).toEqual([String(one!.inputAmount), 'DECIMAL(38,0)'])
    const { id, profit } = run.summary.solvers[0]!
    expect(
      await first(
        `SELECT profit = '${profit}'::DECIMAL(38,8), typeof(profit) FROM solvers WHERE solver = '${id}'`,
      ),
    ).toEqual([true, 'DECIMAL(38,8)'])
  })

  it('hold every number of the summary under its path', async () => {
    const { id, asset, minted } = run.summary.bridges[0]!
    const text = await first(`SELECT text FROM metrics WHERE path = 'bridges[${id}/${asset}].minted'`)
    expect(text).toEqual([minted])
    expect(await first("SELECT count(*) FROM metrics WHERE path LIKE 'wallMs%'")).toEqual([0])
    expect(await first('SELECT count(*) - count(DISTINCT path) FROM metrics')).toEqual([0])
  })

  it('hold ten samples of each measure, the last of them what the end has', async () => {
    expect(
      await first("SELECT count(DISTINCT at_ms), max(at_ms) FROM series WHERE measure = 'chain.head'"),
    ).toEqual([10, 600_000])
    const { id, equity } = run.summary.solvers[0]!
    expect(
      await first(
        `SELECT arg_max(exact, at_ms) FROM series WHERE measure = 'solver.equity' AND subject = '${id}'`,
      ),
    ).toEqual([equity])
  })

  it('a query can read and write nothing but the tables', async () => {
    const file = join(directory, 'copy.csv')
    expect(await codeOf(results.run(`COPY orders TO '${file}'`))).toBe('E_USAGE')
    expect(await codeOf(results.run("FROM read_text('/etc/hostname')"))).toBe('E_USAGE')
    expect(await codeOf(results.run('SET enable_external_access = true'))).toBe('E_USAGE')
    expect(await codeOf(results.run('SELECT nothing FROM orders'))).toBe('E_USAGE')
    expect(await first('SELECT count(*) FROM orders')).toEqual([run.summary.orders.signed])
  })

  it.each([
    'SELECT 1; DROP TABLE orders',
    'DROP TABLE orders; SELECT 1;',
    "SELECT ';'; SELECT 2",
    'SELECT 1 -- ;\n; SELECT 2',
  ])('of several statements none is run: %j', async (sql) => {
    expect(await codeOf(results.run(sql))).toBe('E_USAGE')
    expect(await first('SELECT count(*) FROM orders')).toEqual([run.summary.orders.signed])
  })

  // The database makes two statements of a PIVOT without a list of values.
  it.each([
    "SELECT 'a; SELECT 1'",
    'SELECT 1; -- one; SELECT 2',
    'SELECT 1;;',
    'PIVOT orders ON "end" USING count(*)',
  ])('one statement is one, whatever is in it: %j', async (sql) =>
    expect((await results.run(sql)).rows.length).toBeGreaterThan(0),
  )
})

it('an amount that DECIMAL(38,0) cannot hold is refused, the largest that it can is kept', async () => {
  const rows = (amount: bigint) => [{ ...shape('t', '', [['amount', 'AMOUNT', '']]), rows: [[amount]] }]
  expect(await codeOf(parquetFiles(rows(10n ** 38n), { engine: 'test' }))).toBe('E_RESULTS_WRITE')
  const place = join(directory, 'large')
  await mkdir(join(place, 'tables'), { recursive: true })
  for (const [name, bytes] of await parquetFiles(rows(1n - 10n ** 38n), { engine: 'test' }))
    writeFileSync(join(place, name), bytes)
  const results = await openResults(place)
  expect((await results.run('FROM t')).rows).toEqual([[String(1n - 10n ** 38n)]])
  results.close()
})

it('a directory without tables, and a damaged table, are named', async () => {
  expect(await codeOf(openResults(join(directory, 'none')))).toBe('E_RESULTS')
  await mkdir(join(directory, 'cut', 'tables'), { recursive: true })
  writeFileSync(join(directory, 'cut/tables/orders.parquet'), 'PAR1 and no more')
  expect(await codeOf(openResults(join(directory, 'cut')))).toBe('E_RESULTS')
})

it('docs/results-tables.md says what each column is', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/results-tables.md'), 'utf8')
  for (const { name, about, columns } of Object.values(RUN_SHAPES)) {
    expect(page).toContain(`\n## ${name}\n\n${about}\n`)
    for (const column of columns)
      expect(page).toContain(`| \`${column.name}\` | ${SQL_TYPES[column.type]} | ${column.about} |`)
  }
})

it('a table longer than the library takes at once has every row in its place, and its nulls', async () => {
  const ROWS = 5_000
  const place = join(directory, 'long')
  const numbers = shape('numbers', 'Each row says its own number.', [
    ['n', 'BIGINT', ''],
    ['text', 'VARCHAR', ''],
    ['amount', 'AMOUNT', ''],
    ['odd', 'BOOLEAN', ''],
  ])
  const rows = Array.from({ length: ROWS }, (_, n) => [
    n,
    String(n),
    n % 3 === 0 ? null : BigInt(n) * 10n ** 30n,
    n % 2 === 1,
  ])
  await mkdir(join(place, 'tables'), { recursive: true })
  for (const [name, bytes] of await parquetFiles([{ ...numbers, rows }], {}))
    writeFileSync(join(place, name), bytes)
  const results = await openResults(place)
  const wrong = await results.run(
    `SELECT count(*) FROM numbers WHERE text <> n::VARCHAR OR odd <> (n % 2 = 1) OR (amount IS NULL) <> (n % 3 = 0) OR amount <> n::DECIMAL(38,0) * ${10n ** 30n}::DECIMAL(38,0)`,
  )
  expect(wrong.rows).toEqual([[0]])
  expect((await results.run('SELECT count(*), max(n) FROM numbers')).rows).toEqual([[ROWS, ROWS - 1]])
  results.close()
})
