// How many statements a person has written in one text of SQL. The database's own parser counts, but makes two of one PIVOT; so that
// several are told by a semicolon that divides the text into parts whose counts add up: one within quotes or a comment does not.
import type { DuckDBConnection } from '@duckdb/node-api'

/** Whether the text has more than one statement; what is no SQL has none. */
export async function hasSeveralStatements(connection: DuckDBConnection, sql: string): Promise<boolean> {
  const whole = await countOf(connection, sql)
  if (whole < 2) return false
  for (let at = sql.indexOf(';'); at !== -1; at = sql.indexOf(';', at + 1)) {
    const before = await countOf(connection, sql.slice(0, at))
    const after = await countOf(connection, sql.slice(at + 1))
    if (before > 0 && after > 0 && before + after === whole) return true
  }
  return false
}

async function countOf(connection: DuckDBConnection, sql: string): Promise<number> {
  try {
    return (await connection.extractStatements(sql)).count
  } catch {
    // Nothing but blanks and comments, or no SQL: what is wrong is said when it is run.
    return 0
  }
}
