// What a sweep found, as tables for people: the counts, and each point's figures with their intervals.
import type { PointSummary, SweepSummary } from '@solvent/experiments/sweep'
import { bold } from './streams.ts'
import { number, table } from './table.ts'

/** What is shown; all of it is in summary.json. */
const MOST_ROWS = 40
const MOST_METRICS = 6

export function sweepTables(summary: SweepSummary): string {
  const { runs } = summary
  const counts = Object.entries(runs).filter(
    ([name, count]) => name === 'recorded' || (name !== 'planned' && count > 0),
  )
  const metrics = shownMetrics(summary)
  const rows = summary.points.flatMap((point) => pointRows(point, metrics)).slice(0, MOST_ROWS)
  const all = summary.points.length * summary.policies.length
  return [
    `${bold(summary.title)}\n${counts.map(([name, count]) => `${count} ${name}`).join(', ')}`,
    table([...summary.parameters, 'policy', 'ok', ...metrics], rows),
    ...(rows.length < all ? [`… ${all - rows.length} more rows in summary.json`] : []),
  ].join('\n\n')
}

/** The first metrics that vary, or the first. */
function shownMetrics({ points }: SweepSummary): string[] {
  const estimates = points.flatMap(({ policies }) =>
    policies.flatMap(({ metrics }) => Object.entries(metrics)),
  )
  const names = [...new Set(estimates.map(([name]) => name))]
  const range = new Map(names.map((name) => [name, { min: Infinity, max: -Infinity }]))
  for (const [name, { min, max }] of estimates) {
    const seen = range.get(name)!
    seen.min = Math.min(seen.min, min)
    seen.max = Math.max(seen.max, max)
  }
  const varying = names.filter((name) => range.get(name)!.min < range.get(name)!.max)
  return (varying.length > 0 ? varying : names).slice(0, MOST_METRICS)
}

function pointRows(point: PointSummary, metrics: readonly string[]): string[][] {
  return point.policies.map(({ policy, ok, runs, metrics: estimates }) => [
    ...point.values.map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value))),
    policy,
    ok === runs ? String(ok) : `${ok} of ${runs}`,
    ...metrics.map((name) => {
      const found = estimates[name]
      if (found === undefined) return '–'
      const { mean, halfWidth } = found
      return halfWidth === null || halfWidth === 0
        ? number(mean)
        : `${number(mean)} ± ${Number(halfWidth.toPrecision(2))}`
    }),
  ])
}
