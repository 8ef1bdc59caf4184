// SQL over the tables of a results directory: each `tables/<name>.parquet` is a table of that name; those of a sweep that is not
// finished are made from its records, as far as there are any.
import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { SolventError } from '@solvent/primitives'
import { runCount } from '../sweep/sweep-plan.ts'
import { readBegunSweep, readRecords } from './recorded-sweep.ts'
import { hasSeveralStatements } from './statement-count.ts'
import { sweepTables } from './sweep-tables.ts'
import { tableFiller } from './table-filler.ts'

/** What a query gives: columns in order, and cells as JSON has them (DECIMAL, and BIGINT beyond 2^53, as text: no digit is lost). */
export interface QueryResult {
  readonly columns: readonly string[]
  /** SQL types, e.g. `DECIMAL(38,8)`. */
  readonly types: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
}

/** An open results directory; `close` it. */
export interface ResultsQuery {
  readonly tables: readonly string[]
  /** Of a sweep that is not finished: how many runs the tables have, of at most how many. */
  readonly soFar: { readonly recorded: number; readonly planned: number } | null
  /** @throws SolventError E_USAGE for what the database refuses, and for more than one statement */
  run(sql: string): Promise<QueryResult>
  close(): void
}

/**
 * Opens the tables of a results directory. The database lives in memory and may write nothing outside it.
 *
 * @throws SolventError E_RESULTS when the directory has no tables
 * @example (await openResults('runs/kelp-2026-16')).run('SELECT "end", count(*) FROM orders GROUP BY ALL')
 */
export async function openResults(directory: string): Promise<ResultsQuery> {
  const place = resolve(directory, 'tables')
  const names = await readdir(place).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return []
    throw new SolventError({
      code: 'E_RESULTS_READ',
      message: 'The results cannot be read.',
      details: { directory, system: cause.code },
      cause,
    })
  })
  const begun = await readBegunSweep(directory)
  const files = (begun?.isComplete === false ? [] : names)
    .filter((name) => /^[a-z_]+\.parquet$/.test(name))
    .map((name) => name.slice(0, -'.parquet'.length))
    .sort()
  const sweep = begun === null || files.length > 0 ? null : await readRecords(directory)
  const recorded = sweep === null ? [] : sweepTables(sweep)
  const tables = [...files, ...recorded.map(({ name }) => name)].sort()
  if (tables.length === 0)
    throw new SolventError({
      code: 'E_RESULTS',
      message: 'There are no tables of results here.',
      details: { directory },
      hint: 'Name a directory that `solvent run` or `solvent sweep` has written.',
    })
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const database = await DuckDBInstance.create(':memory:', { threads: '2' })
  const connection = await database.connect()
  try {
    const fill = await tableFiller(connection)
    for (const table of recorded) await fill(table)
    for (const table of files) {
      const file = join(place, `${table}.parquet`).replaceAll("'", "''")
      await connection.run(`CREATE TABLE "${table}" AS FROM read_parquet('${file}')`)
    }
    await connection.run('SET enable_external_access = false; SET lock_configuration = true')
  } catch (cause) {
    database.closeSync()
    throw new SolventError({
      code: 'E_RESULTS',
      message: 'A table of the results is damaged.',
      details: { directory, reason: reasonOf(cause) },
      cause,
    })
  }
  return {
    tables,
    soFar:
      sweep === null || sweep.isComplete
        ? null
        : { recorded: sweep.records.length, planned: runCount(sweep.plan) },
    run: async (sql) => {
      if (await hasSeveralStatements(connection, sql))
        throw new SolventError({
          code: 'E_USAGE',
          message: 'The query has several statements, and none was run.',
          details: { allowed: 'one statement: there is one answer' },
          hint: 'Ask them one by one, or make one of them, e.g. by WITH or UNION ALL.',
        })
      try {
        const reader = await connection.runAndReadAll(sql)
        const types = reader.columnTypes().map(String)
        const rows = reader.getRowsJson().map((row) => row.map((cell, at) => plainCell(cell, types[at]!)))
        return { columns: reader.deduplicatedColumnNames(), types, rows }
      } catch (cause) {
        throw new SolventError({
          code: 'E_USAGE',
          message: 'The query is refused.',
          details: { reason: reasonOf(cause), tables: tables.join(', ') },
          cause,
        })
      }
    },
    close: () => {
      connection.closeSync()
      database.closeSync()
    },
  }
}

function plainCell(cell: unknown, type: string): unknown {
  const isWhole = typeof cell === 'string' && /^(U?BIGINT|U?HUGEINT)$/.test(type)
  return isWhole && Number.isSafeInteger(Number(cell)) ? Number(cell) : cell
}

/** DuckDB's own words; its first line says what is wrong. */
function reasonOf(cause: unknown): string {
  return cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
}
