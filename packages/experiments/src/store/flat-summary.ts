// A summary as rows of path and value: paths are those of expectations, so that what a file may expect can be queried.
import type { Cell } from './table.ts'

/** How long the run took on this machine: the only numbers that are not the run's. */
const OF_THE_MACHINE: ReadonlySet<string> = new Set(['wallMs', 'timekeeping'])

/** `[path, number or null, text]` of every leaf; a list's members are named by `id` or `id/asset`, else by place. */
export function* flatSummary(summary: object): Generator<Cell[]> {
  for (const [name, value] of Object.entries(summary))
    if (!OF_THE_MACHINE.has(name)) yield* leaves(name, value)
}

function* leaves(path: string, value: unknown): Generator<Cell[]> {
  if (value === null || value === undefined) return
  if (Array.isArray(value)) {
    const taken = new Set<string>()
    for (const [place, member] of value.entries()) {
      const name = memberName(member)
      const own = name === null || taken.has(name) ? String(place) : name
      taken.add(own)
      yield* leaves(`${path}[${own}]`, member)
    }
    return
  }
  if (typeof value === 'object') {
    for (const [name, member] of Object.entries(value)) yield* leaves(`${path}.${name}`, member)
    return
  }
  yield [path, numberOf(value), String(value)]
}

function memberName(member: unknown): string | null {
  if (typeof member !== 'object' || member === null) return null
  const { id, asset } = member as { id?: unknown; asset?: unknown }
  if (typeof id !== 'string') return null
  return typeof asset === 'string' ? `${id}/${asset}` : id
}

function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : null
}
