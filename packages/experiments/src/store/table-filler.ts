// Rows into a table of an open database: every cell by the type of its column.
import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api'
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

/** Makes tables, to be filled row by row. */
export async function tableOpener(
  connection: DuckDBConnection,
): Promise<(shape: TableShape) => Promise<OpenTable>> {
  const write = await cellWriter()
  return async ({ name, columns }) => {
    const defined = columns.map((column) => `"${column.name}" ${SQL_TYPES[column.type]}`)
    await connection.run(`CREATE TABLE "${name}" (${defined.join(', ')})`)
    const appender = await connection.createAppender(name)
    const types = columns.map(({ type }) => type)
    return {
      row(cells) {
        for (let at = 0; at < types.length; at++) write(appender, types[at]!, cells[at] ?? null, name)
        appender.endRow()
      },
      close: () => appender.closeSync(),
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
