// Tables as Parquet files, written by DuckDB: one thread, so that the same rows make the same bytes.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Table } from './table.ts'
import { tableFiller } from './table-filler.ts'

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
  const place = await mkdtemp(join(tmpdir(), 'solvent-tables-'))
  const database = await DuckDBInstance.create(':memory:', { threads: '1' })
  try {
    const connection = await database.connect()
    const fill = await tableFiller(connection)
    const files = new Map<string, Uint8Array>()
    for (const table of tables) {
      await fill(table)
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

const quoted = (text: string): string => text.replaceAll("'", "''")

function metadata(about: Readonly<Record<string, string>>): string {
  return `{${Object.entries(about)
    .map(([key, value]) => `${key}: '${quoted(value)}'`)
    .join(', ')}}`
}
