// What a report is made of: answers to numbered queries, and pictures and tables of them that say which query they show.
import { chart, type Drawing } from '../page/chart.ts'
import { escaped, htmlTable, section } from '../page/html.ts'
import { numberText } from '../page/text/number-text.ts'
import type { ResultsQuery } from '../store/query-results.ts'

export type Row = Readonly<Record<string, unknown>>

export interface Answer {
  readonly rows: readonly Row[]
  readonly sql: string
}

export interface Picture {
  readonly title: string
  readonly height: number
  readonly drawing: Drawing
}

/** Rows of an answer that a table shows: a page is for reading, the query gives the rest. */
export const MOST_ROWS = 40

export class Inquiry {
  readonly #results: ResultsQuery
  readonly #shown: string[] = []
  readonly pictures: Picture[] = []

  constructor(results: ResultsQuery) {
    this.#results = results
  }

  async ask(sql: string): Promise<Answer> {
    const { columns, rows } = await this.#results.run(sql)
    return {
      rows: rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]]))),
      sql,
    }
  }

  /** A link to the query of an answer, as HTML: only what is shown is among the queries. */
  source({ sql }: Answer): string {
    const known = this.#shown.indexOf(sql) + 1
    const number = known === 0 ? this.#shown.push(sql) : known
    return `<a class="source" href="#query-${number}">query ${number}</a>`
  }

  /** A picture of an answer. */
  picture(title: string, height: number, answer: Answer, drawing: Drawing): string {
    this.pictures.push({ title, height, drawing })
    return `<figure>${chart(escaped(title), height, drawing)}<figcaption>${escaped(title)} (${this.source(answer)})</figcaption></figure>`
  }

  /** A table of an answer: column of the answer → its head and how a cell is shown. */
  table(caption: string, answer: Answer, columns: readonly ShownColumn[]): string {
    const { length } = answer.rows
    const body = answer.rows
      .slice(0, MOST_ROWS)
      .map((row) => columns.map(([name, , show = plain]) => show(row[name])))
    return `${htmlTable(
      caption,
      columns.map(([, head]) => head),
      body,
    )}\n<p class="source">${length > MOST_ROWS ? `The first ${MOST_ROWS} of ${whole(length)} rows; all: ` : ''}${this.source(answer)}</p>`
  }

  /** All queries, to be run again. `shownAs`: the results directory as a reader would name it. */
  appendix(shownAs: string): string {
    const entries = this.#shown.map(
      (sql, at) =>
        `<li id="query-${at + 1}"><code>npm run -s solvent -- query ${escaped(shownAs)} "${escaped(sql.replaceAll('"', '\\"'))}"</code></li>`,
    )
    return section('Queries', `<ol class="queries">\n${entries.join('\n')}\n</ol>`)
  }
}

/** Name in the answer, head in the table, how a cell is shown. */
export type ShownColumn = readonly [name: string, head: string, show?: (cell: unknown) => string]

export const plain = (cell: unknown): string => (cell === null || cell === undefined ? '–' : String(cell))

/** With thousands, and so many decimals. */
export const decimals =
  (digits: number) =>
  (cell: unknown): string =>
    cell === null || cell === undefined || cell === '' ? '–' : numberText(Number(cell), digits)

export const whole = decimals(0)

/** A ratio as per cent. */
export const perCent = (cell: unknown): string =>
  cell === null || cell === undefined ? '–' : `${decimals(2)(Number(cell) * 100)} %`

/** Numbers of a column, in order. */
export const numbers = (rows: readonly Row[], column: string): number[] =>
  rows.map((row) => Number(row[column]))

/** A text as SQL has it between quotes. */
export const quoted = (text: string): string => text.replaceAll("'", "''")

/** Names for `IN (…)`. */
export const listed = (names: readonly string[]): string =>
  names.length === 0 ? "''" : names.map((name) => `'${quoted(name)}'`).join(', ')
