// The figures of a run's summary by the paths that expectations use: `orders.settled`, `solvers[atlas].profit`,
// `bridges[lone/rsETH].deficit`. Lists whose entries have no id are counted.
import type { RunSummary } from '../../run/run-summary.ts'
import type { MetricValue } from './job-kind.ts'

/** What is the same in every run of a scenario, or is no figure. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'scenario',
  'seed',
  'runtime',
  'crypto',
  'traceDigest',
  'virtualTimeMs',
  'wallMs',
  'timekeeping',
  'faults',
  'invariants',
  'expectations',
])
const AMOUNT = /^-?\d+(\.\d+)?$/

export function summaryMetrics(summary: RunSummary): Record<string, MetricValue> {
  const metrics: Record<string, MetricValue> = {}
  for (const [key, value] of Object.entries(summary)) if (!LEFT_OUT.has(key)) add(metrics, key, value)
  metrics['invariants.broken'] = summary.invariants.broken.length
  metrics['expectations.failed'] = summary.expectations.filter(({ ok }) => !ok).length
  return metrics
}

function add(metrics: Record<string, MetricValue>, path: string, value: unknown): void {
  if (typeof value === 'number') metrics[path] = value
  else if (typeof value === 'boolean') metrics[path] = value ? 1 : 0
  else if (typeof value === 'string') {
    if (AMOUNT.test(value)) metrics[path] = value
  } else if (Array.isArray(value)) addList(metrics, path, value)
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) add(metrics, `${path}.${key}`, inner)
}

function addList(metrics: Record<string, MetricValue>, path: string, list: readonly unknown[]): void {
  metrics[`${path}.count`] = list.length
  for (const entry of list) {
    if (typeof entry !== 'object' || entry === null || !('id' in entry)) continue
    const { id, asset, ...rest } = entry as { id: unknown; asset?: unknown }
    if (typeof id !== 'string') continue
    add(metrics, `${path}[${typeof asset === 'string' ? `${id}/${asset}` : id}]`, rest)
  }
}
