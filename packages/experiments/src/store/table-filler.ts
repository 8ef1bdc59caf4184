// Rows into a table of an open database: every cell by the type of its column.
import type { DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api'
import { SolventError } from '@solvent/primitives'
import { type Cell, type ColumnType, SQL_TYPES, type Table, type TableShape } from './table.ts'

/** Digits of a DECIMAL(38): what does not fit is an error, not another number. */
const DECIMAL_LIMIT = 10n ** 38n

/** A table that is being filled. */
export interface OpenTable {
  /** @throws SolventError E_RESULTS_WRITE when an amount does not fit DECIMAL(38) */
  row(cells: readonly Cell[]): void
  close(): void
}

/** Rows of a chunk: DuckDB's vectors have so many. A chunk goes over to the library column by column, five times as fast as cell by cell. */
const CHUNK_ROWS = 2_048

/** Makes tables, to be filled row by row. */
export async function tableOpener(
  connection: DuckDBConnection,
): Promise<(shape: TableShape) => Promise<OpenTable>> {
  const { DuckDBDataChunk, BIGINT, BOOLEAN, DECIMAL, DOUBLE, VARCHAR } = await import('@duckdb/node-api')
  const types: Readonly<Record<ColumnType, DuckDBType>> = {
    ...{ BIGINT, BOOLEAN, DOUBLE, VARCHAR },
    AMOUNT: DECIMAL(38, 0),
    VALUE: DECIMAL(38, 8),
  }
  const toValue = await cellValues()
  return async ({ name, columns }) => {
    const defined = columns.map((column) => `"${column.name}" ${SQL_TYPES[column.type]}`)
    await connection.run(`CREATE TABLE "${name}" (${defined.join(', ')})`)
    const appender = await connection.createAppender(name)
    const chunk = DuckDBDataChunk.create(columns.map(({ type }) => types[type]))
    const cells = columns.map(() => new Array<DuckDBValue>(CHUNK_ROWS).fill(null))
    let filled = 0
    const hand = (): void => {
      if (filled === 0) return
      chunk.reset()
      chunk.rowCount = filled
      for (const [at, values] of cells.entries())
        chunk.setColumnValues(at, filled === CHUNK_ROWS ? values : values.slice(0, filled))
      appender.appendDataChunk(chunk)
      filled = 0
    }
    return {
      row(row) {
        for (let at = 0; at < cells.length; at++)
          cells[at]![filled] = toValue(columns[at]!.type, row[at] ?? null, name)
        filled += 1
        if (filled === CHUNK_ROWS) hand()
      },
      close() {
        hand()
        appender.closeSync()
      },
    }
  }
}

/**
 * Makes tables and fills them.
 *
 * @throws SolventError E_RESULTS_WRITE when an amount does not fit DECIMAL(38)
 */
export async function tableFiller(connection: DuckDBConnection): Promise<(table: Table) => Promise<void>> {
  const open = await tableOpener(connection)
  return async (table) => {
    const filled = await open(table)
    for (const row of table.rows) filled.row(row)
    filled.close()
  }
}

type CellValue = (type: ColumnType, cell: Cell, table: string) => DuckDBValue

async function cellValues(): Promise<CellValue> {
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
  return (type, cell, table) => {
    if (cell === null) return null
    switch (type) {
      case 'BIGINT':
        return BigInt(cell as number | bigint)
      case 'AMOUNT':
        return decimal(cell, 0, table)
      case 'VALUE':
        return decimal(cell, 8, table)
      default:
        return cell
    }
  }
}
