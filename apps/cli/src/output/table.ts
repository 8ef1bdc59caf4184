// Plain tables, money and percentages for people.
import Table from 'cli-table3'
import { bold } from './streams.ts'

const PLAIN = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
}

/** A plain table: bold head, two spaces between columns, numbers on the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const aligned = head.map(
    (_, column) =>
      (rows.every((row) => /^[-+]?[\d,.]+( ?%)?$|^-?$/.test(row[column] ?? '')) ? 'right' : 'left') as
        | 'left'
        | 'right',
  )
  const printed = new Table({
    head: head.map(bold),
    chars: PLAIN,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: aligned,
  })
  for (const row of rows) printed.push([...row])
  return printed.toString()
}

/** Numeraire with thousands and two decimals. */
export function money(decimal: string): string {
  const [whole = '0', fraction = ''] = decimal.replace(/^-/, '').split('.')
  const cents = `${fraction}00`.slice(0, 2)
  const sign = decimal.startsWith('-') && /[1-9]/.test(whole + cents) ? '-' : ''
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`
}

/** A ratio in percent with two decimals. */
export function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(2)} %`
}

/** A float64 in six significant digits; whole numbers and zero as they are. */
export function number(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value)
  const size = Math.abs(value)
  return size >= 1e-4 && size < 1e15 ? String(Number(value.toPrecision(6))) : value.toExponential(3)
}
