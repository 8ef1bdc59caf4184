// CSV for spreadsheets: what could be taken for a formula is in quotes.
import { stringify } from 'csv-stringify/sync'

export function csvLines(columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  return stringify([columns, ...rows], { quoted_match: /^[=+\-@]/, cast: { boolean: String } }).trimEnd()
}
