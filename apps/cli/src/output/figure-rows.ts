// Figures of several sessions as rows of a table: mean, interval, spread.
import type { Figure } from '@solvent/experiments'
import { table } from './table.ts'

/** @param rows what it is, the figure, and decimals to show */
export function figureRows(rows: readonly (readonly [string, Figure, number])[]): string {
  return table(
    ['', 'mean', '95 % interval', 'sd', '5 %', 'median', '95 %'],
    rows.map(([name, { mean, sd, interval, quantiles }, digits]) => [
      name,
      mean.toFixed(digits),
      interval === null ? '' : `${interval[0].toFixed(digits)} to ${interval[1].toFixed(digits)}`,
      sd === null ? '' : sd.toFixed(digits),
      quantiles.p5.toFixed(digits),
      quantiles.p50.toFixed(digits),
      quantiles.p95.toFixed(digits),
    ]),
  )
}

/** @example percent(0.5) // '50.0 %' */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
