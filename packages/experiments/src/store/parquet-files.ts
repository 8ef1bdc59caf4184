// Tables as Parquet files, written by DuckDB: one thread, so that the same rows make the same bytes.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DuckDBAppender } from '@duckdb/node-api'
import { SolventError } from '@solvent/primitives'
import { type Cell, type ColumnType, SQL_TYPES, type Table } from './table.ts'

/** Digits of a DECIMAL(38): what does not fit is an error, not another number. */
const DECIMAL_LIMIT = 10n ** 38n

/**
 * The bytes of each table, under `tables/<name>.parquet`.
 *
 * @param about key–value pairs of the files' metadata, e.g. engine and scenario hash
 * @throws SolventError E_RESULTS_WRITE when an amount does not fit DECIMAL(38)
 */
export async function parquetFiles(
  tables: readonly Table[],
  about: Readonly<Record<string, string>>,
): Promise<Map<string, Uint8Array>> {
  // The native library is loaded only now: commands that keep nothing start without it.
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const write = await cellWriter()
  const place = await mkdtemp(join(tmpdir(), 'solvent-tables-'))
  const database = await DuckDBInstance.create(':memory:', { threads: '1' })
  try {
    const connection = await database.connect()
    const files = new Map<string, Uint8Array>()
    for (const table of tables) {
      const columns = table.columns.map(({ name, type }) => `"${name}" ${SQL_TYPES[type]}`)
      await connection.run(`CREATE TABLE "${table.name}" (${columns.join(', ')})`)
      const appender = await connection.createAppender(table.name)
      const types = table.columns.map(({ type }) => type)
      for (const row of table.rows) {
        for (let at = 0; at < types.length; at++) write(appender, types[at]!, row[at] ?? null, table.name)
        appender.endRow()
      }
      appender.closeSync()
      const file = join(place, `${table.name}.parquet`)
      await connection.run(
        `COPY "${table.name}" TO '${quoted(file)}' (FORMAT parquet, COMPRESSION zstd, KV_METADATA ${metadata(about)})`,
      )
      files.set(`tables/${table.name}.parquet`, await readFile(file))
    }
    connection.closeSync()
    return files
  } finally {
    database.closeSync()
    await rm(place, { recursive: true, force: true })
  }
}

type CellWriter = (appender: DuckDBAppender, type: ColumnType, cell: Cell, table: string) => void

async function cellWriter(): Promise<CellWriter> {
  const { DuckDBDecimalValue } = await import('@duckdb/node-api')
  const decimal = (cell: Cell, scale: number, table: string) => {
    const value = BigInt(cell as bigint)
    if (value >= DECIMAL_LIMIT || value <= -DECIMAL_LIMIT)
      throw new SolventError({
        code: 'E_RESULTS_WRITE',
        message: 'An amount does not fit the tables of results.',
        details: { table, got: value, allowed: 'less than 10^38 base units' },
        hint: 'Give the asset fewer decimals or a smaller supply.',
      })
    return new DuckDBDecimalValue(value, 38, scale)
  }
  return (appender, type, cell, table) => {
    if (cell === null) return appender.appendNull()
    switch (type) {
      case 'BIGINT':
        return appender.appendBigInt(BigInt(cell as number | bigint))
      case 'DOUBLE':
        return appender.appendDouble(cell as number)
      case 'BOOLEAN':
        return appender.appendBoolean(cell as boolean)
      case 'VARCHAR':
        return appender.appendVarchar(cell as string)
      case 'AMOUNT':
        return appender.appendDecimal(decimal(cell, 0, table))
      case 'VALUE':
        return appender.appendDecimal(decimal(cell, 8, table))
    }
  }
}

const quoted = (text: string): string => text.replaceAll("'", "''")

function metadata(about: Readonly<Record<string, string>>): string {
  return `{${Object.entries(about)
    .map(([key, value]) => `${key}: '${quoted(value)}'`)
    .join(', ')}}`
}
