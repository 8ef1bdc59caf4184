// A table of results before it is written: named, typed columns with what they mean, and rows. The types are those of
// Parquet as DuckDB writes it; amounts are exact (DECIMAL), never floating point.

/** `AMOUNT`: base units of a token, DECIMAL(38,0). `VALUE`: the scenario's numeraire, DECIMAL(38,8). */
export type ColumnType = 'BIGINT' | 'DOUBLE' | 'BOOLEAN' | 'VARCHAR' | 'AMOUNT' | 'VALUE'

export interface Column {
  readonly name: string
  readonly type: ColumnType
  /** Shown in docs/results-store.md. */
  readonly about: string
}

/** A cell of AMOUNT is a bigint, of VALUE a bigint times 10^8, of BIGINT a safe integer or a bigint. */
export type Cell = string | number | bigint | boolean | null

export interface TableShape {
  readonly name: string
  readonly about: string
  readonly columns: readonly Column[]
}

export interface Table extends TableShape {
  readonly rows: Iterable<readonly Cell[]>
}

/** One shape, written as `[name, type, about]`. */
export function shape(
  name: string,
  about: string,
  columns: readonly (readonly [name: string, type: ColumnType, about: string])[],
): TableShape {
  return {
    name,
    about,
    columns: columns.map(([column, type, meaning]) => ({ name: column, type, about: meaning })),
  }
}

export const SQL_TYPES: Readonly<Record<ColumnType, string>> = {
  BIGINT: 'BIGINT',
  DOUBLE: 'DOUBLE',
  BOOLEAN: 'BOOLEAN',
  VARCHAR: 'VARCHAR',
  AMOUNT: 'DECIMAL(38,0)',
  VALUE: 'DECIMAL(38,8)',
}
