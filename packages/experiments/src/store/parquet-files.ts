// Tables as Parquet files, written by DuckDB: one thread, so that the same rows make the same bytes.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { SolventError } from '@solvent/primitives'
import type { Table, TableShape } from './table.ts'
import { type OpenTable, tableOpener } from './table-filler.ts'

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
  const writer = await ParquetWriter.open()
  try {
    for (const table of tables) {
      const filled = await writer.table(table)
      for (const row of table.rows) filled.row(row)
      filled.close()
    }
    return await writer.files(about)
  } finally {
    await writer.close()
  }
}

/** What tables may hold in memory before DuckDB puts them down beside the files: a sweep's parent stays as large as it is. */
const MEMORY_LIMIT = '128MB'

/** Tables that are filled in any order and become files in the end; `close` it. */
export class ParquetWriter {
  readonly #database: DuckDBInstance
  readonly #connection: DuckDBConnection
  readonly #open: (shape: TableShape) => Promise<OpenTable>
  readonly #place: string
  readonly #names: string[] = []

  private constructor(
    database: DuckDBInstance,
    connection: DuckDBConnection,
    open: (shape: TableShape) => Promise<OpenTable>,
    place: string,
  ) {
    this.#database = database
    this.#connection = connection
    this.#open = open
    this.#place = place
  }

  static async open(): Promise<ParquetWriter> {
    // The native library is loaded only now: commands that keep nothing start without it.
    const { DuckDBInstance } = await import('@duckdb/node-api')
    const place = await mkdtemp(join(tmpdir(), 'solvent-tables-'))
    const database = await DuckDBInstance.create(':memory:', {
      threads: '1',
      memory_limit: MEMORY_LIMIT,
      temp_directory: place,
    })
    const connection = await database.connect()
    return new ParquetWriter(database, connection, await tableOpener(connection), place)
  }

  async table(shape: TableShape): Promise<OpenTable> {
    this.#names.push(shape.name)
    const table = await this.#open(shape)
    return {
      row: (cells) => {
        try {
          table.row(cells)
        } catch (cause) {
          throw this.#unwritten(cause)
        }
      },
      close: () => {
        try {
          table.close()
        } catch (cause) {
          throw this.#unwritten(cause)
        }
      },
    }
  }

  /** Of all tables, which are closed; `about` becomes the metadata of each file. */
  async files(about: Readonly<Record<string, string>>): Promise<Map<string, Uint8Array>> {
    const files = new Map<string, Uint8Array>()
    for (const name of this.#names) {
      const file = join(this.#place, `${name}.parquet`)
      try {
        await this.#connection.run(
          `COPY "${name}" TO '${quoted(file)}' (FORMAT parquet, COMPRESSION zstd${metadata(about)})`,
        )
        files.set(`tables/${name}.parquet`, await readFile(file))
      } catch (cause) {
        throw this.#unwritten(cause)
      }
    }
    return files
  }

  /** The files are made beside the system's other temporary ones, where there may be no room. */
  #unwritten(cause: unknown): SolventError {
    if (cause instanceof SolventError) return cause
    return new SolventError({
      code: 'E_RESULTS_WRITE',
      message: 'The tables of the results could not be written. What was recorded before is kept.',
      details: { directory: this.#place, reason: cause instanceof Error ? cause.message : String(cause) },
      hint: 'Make room there, or name another place with the environment variable TMPDIR.',
      cause,
    })
  }

  async close(): Promise<void> {
    this.#connection.closeSync()
    this.#database.closeSync()
    await rm(this.#place, { recursive: true, force: true })
  }
}

const quoted = (text: string): string => text.replaceAll("'", "''")

function metadata(about: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(about).map(([key, value]) => `${key}: '${quoted(value)}'`)
  return pairs.length === 0 ? '' : `, KV_METADATA {${pairs.join(', ')}}`
}
