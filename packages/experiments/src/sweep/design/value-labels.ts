// What the values of a parameter are called where people read them: on axes, in tables, in sentences. The points' table has them exactly.

const DIGITS = 6

/**
 * Names for the values of one parameter, each its own: two values that would read the same are told exactly.
 *
 * @example valueLabels([{ from: 30, to: 60 }, { kind: 'cost-plus', marginBps: 8 }]) // ['30 to 60', 'cost-plus, marginBps 8']
 */
export function valueLabels(values: readonly unknown[]): string[] {
  const known = new Map<string, string>()
  const takers = new Map<string, number>()
  const exact = values.map((value) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')))
  for (const [place, text] of exact.entries()) {
    if (known.has(text)) continue
    const label = labelOf(values[place])
    known.set(text, label)
    takers.set(label, (takers.get(label) ?? 0) + 1)
  }
  return exact.map((text) => {
    const label = known.get(text)!
    return takers.get(label) === 1 ? label : text
  })
}

function labelOf(value: unknown): string {
  if (value === null || value === undefined) return 'none'
  if (typeof value === 'number' || typeof value === 'string') return shownNumber(value)
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(part).join(', ')
  const fields = Object.entries(value)
  return rangeLabel(fields) ?? (fields.length === 0 ? 'none' : fields.map(field).join(', '))
}

/** A number with as many digits as a reader can use; other text as it is. */
function shownNumber(value: number | string): string {
  const text = String(value)
  const number = Number(text)
  return text.trim() === '' || Number.isNaN(number) ? text : String(Number(number.toPrecision(DIGITS)))
}

/** Where something is drawn from. */
function rangeLabel(fields: readonly (readonly [string, unknown])[]): string | null {
  const { from, to, ...others } = Object.fromEntries(fields)
  if (from === undefined || to === undefined || Object.keys(others).length > 0) return null
  const [low, high] = [part(from), part(to)]
  return low === high ? low : `${low} to ${high}`
}

/** What kind it is of needs no word before it. */
function field([name, value]: readonly [string, unknown]): string {
  return name === 'kind' ? part(value) : `${name} ${part(value)}`
}

/** A value within another. */
function part(value: unknown): string {
  const label = labelOf(value)
  return typeof value === 'object' && value !== null && label.includes(',') ? `(${label})` : label
}

/** Numbers by size, wherever in the text they stand; other text by code units. */
export function compareLabels(a = '', b = ''): number {
  const [x, y] = [parts(a), parts(b)]
  for (let i = 0; i < x.length && i < y.length; i++) {
    const [left, right] = [x[i]!, y[i]!]
    const [p, q] = [Number(left), Number(right)]
    const areNumbers = !Number.isNaN(p) && !Number.isNaN(q)
    if (areNumbers && p !== q) return p - q
    if (!areNumbers && left !== right) return left < right ? -1 : 1
  }
  return x.length - y.length
}

const NUMBER = /((?<![\w.])-?\d+(?:\.\d+)?(?:e[-+]?\d+)?)/

function parts(label: string): string[] {
  return label.split(NUMBER).filter((each) => each.trim() !== '')
}
