// Names of figures that a sweep file asks for and that no run has: the file cannot be checked for them, for only a run knows its figures.
import { metricFilter } from './metric-filter.ts'
import type { SweepPlan } from './sweep-plan.ts'
import type { SweepSummary } from './sweep-summary.ts'

/** A sentence for each name that nothing answered to. */
export function unmetNames({ metrics, stopping }: SweepPlan, summary: SweepSummary): string[] {
  if (summary.runs.ok === 0) return []
  const known = new Set(
    summary.points.flatMap(({ policies }) => policies.flatMap((policy) => Object.keys(policy.metrics))),
  )
  const unmet = metrics.filter((pattern) => {
    const isWanted = metricFilter([pattern])
    return isWanted !== null && ![...known].some(isWanted)
  })
  return [
    ...unmet.map((pattern) => `no run has a figure that metrics names ${JSON.stringify(pattern)}`),
    ...(stopping === null || known.has(stopping.metric)
      ? []
      : [
          `no run has the figure of the stopping rule, ${JSON.stringify(stopping.metric)}: no point stopped early`,
        ]),
  ]
}
