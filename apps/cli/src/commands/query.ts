// `solvent query DIR SQL`: SQL over the tables of a results directory.
import { openResults, type QueryResult } from '@solvent/experiments'
import { EXIT } from '../exit-code.ts'
import { csvLines } from '../output/csv.ts'
import { note, result, resultJson } from '../output/streams.ts'
import { table } from '../output/table.ts'
import { resultsPath } from '../user-path.ts'

export interface QueryOptions {
  readonly json?: boolean | undefined
  readonly csv?: boolean | undefined
}

export async function query(directory: string, sql: string, options: QueryOptions): Promise<number> {
  const results = await openResults(await resultsPath(directory))
  try {
    const { soFar } = results
    if (soFar !== null)
      note(`the sweep is not finished: ${soFar.recorded} of at most ${soFar.planned} runs so far`)
    const found = await results.run(sql)
    if (options.json === true) resultJson(asObjects(found))
    else if (options.csv === true) result(csvLines(found.columns, found.rows))
    else
      result(
        table(
          found.columns,
          found.rows.map((row) => row.map(shown)),
        ),
      )
    return EXIT.ok
  } finally {
    results.close()
  }
}

function asObjects({ columns, rows }: QueryResult): Record<string, unknown>[] {
  return rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]])))
}

const shown = (cell: unknown): string =>
  cell === null ? '' : typeof cell === 'string' ? cell : JSON.stringify(cell)
