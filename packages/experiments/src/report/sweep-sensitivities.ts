// Which parameters the figures of a sweep move with: the measures of `solvent analyse`, over what a query gives. Of designs that were
// made for it Sobol's indices or Morris's elementary effects, of others Spearman's rank correlation.
import { type Sensitivity, sensitivities } from '../analysis/sensitivity.ts'
import { axis, legend } from '../page/chart.ts'
import { section } from '../page/html.ts'
import type { Interval } from '../statistics/quantile.ts'
import { runCount, type SweepPlan } from '../sweep/sweep-plan.ts'
import { CONFIDENCE } from '../sweep/sweep-summary.ts'
import { decimals, type Inquiry, listed, plain, type Row, type ShownColumn } from './inquiry.ts'

const RESAMPLES = 1_000
const MOST_BARS = 20

export async function sensitivitySection(
  inquiry: Inquiry,
  plan: SweepPlan,
  metrics: readonly string[],
): Promise<string> {
  if (metrics.length === 0 || plan.points.length < 2) return ''
  const answer = await inquiry.ask(
    `SELECT m.run, m.metric, m.value FROM metrics m JOIN runs r USING (run) WHERE r.status = 'ok' AND m.metric IN (${listed(metrics)}) ORDER BY m.metric, m.run`,
  )
  const columns = new Map(
    metrics.map((metric) => [metric, new Float64Array(runCount(plan)).fill(Number.NaN)]),
  )
  for (const { run, metric, value } of answer.rows) columns.get(plain(metric))![Number(run)] = Number(value)
  const options = { confidence: CONFIDENCE, resamples: RESAMPLES, seed: plan.seed }
  const found = [...columns].flatMap(([metric, column]) => sensitivities(plan, metric, column, options))
  const measure = measureOf(plan)
  const rows = found
    .flatMap((each) => measure.rowOf(each) ?? [])
    .toSorted((a, b) => Math.abs(b.size) - Math.abs(a.size))
  if (rows.length === 0) return ''
  return section(
    'What moves with what',
    inquiry.picture(measure.title, 80 + 24 * Math.min(rows.length, MOST_BARS), answer, bars(rows, measure)),
    inquiry.table(measure.caption, { ...answer, rows }, [
      ['metric', 'figure'],
      ['policy', 'policy'],
      ['parameter', 'parameter'],
      ...measure.columns,
    ]),
  )
}

interface SizedRow extends Row {
  readonly metric: string
  readonly policy: string
  readonly parameter: string
  /** What the bar shows. */
  readonly size: number
}

interface Measure {
  readonly title: string
  readonly caption: string
  readonly columns: readonly ShownColumn[]
  /** Range of the axis; null: as it comes. */
  readonly range: readonly [number, number] | null
  /** Null where the measure is not defined. */
  rowOf(sensitivity: Sensitivity): SizedRow | null
}

function measureOf({ design }: SweepPlan): Measure {
  if (design.kind === 'saltelli') return SOBOL
  return design.kind === 'morris' ? MORRIS : SPEARMAN
}

const three = decimals(3)
const between = (interval: Interval | null): string =>
  interval === null ? '–' : `${three(interval.low)} to ${three(interval.high)}`

const SOBOL: Measure = {
  title: 'Share of the variance that each parameter brings about',
  caption: `Sobol indices: alone (first order) and with others (total), intervals of ${CONFIDENCE * 100} %`,
  columns: [
    ['first', 'first order', three],
    ['firstInterval', 'between'],
    ['size', 'total order', three],
    ['interval', 'between'],
  ],
  range: [0, 1],
  rowOf: ({ metric, policy, parameter, sobol }) =>
    sobol === null
      ? null
      : {
          ...{ metric, policy, parameter, first: sobol.first, size: sobol.total },
          firstInterval: between(sobol.firstInterval),
          interval: between(sobol.totalInterval),
        },
}

const MORRIS: Measure = {
  title: 'Size of the elementary effects of each parameter',
  caption: `Morris: mean size, mean and spread of elementary effects, interval of ${CONFIDENCE * 100} %`,
  columns: [
    ['size', 'mean size', three],
    ['interval', 'between'],
    ['mean', 'mean', three],
    ['sd', 'sd', three],
  ],
  range: null,
  rowOf: ({ metric, policy, parameter, morris }) =>
    morris === null
      ? null
      : {
          ...{ metric, policy, parameter, size: morris.meanSize, mean: morris.mean, sd: morris.sd },
          interval: between(morris.meanSizeInterval),
        },
}

const SPEARMAN: Measure = {
  title: 'Rank correlation of parameters with figures',
  caption:
    "Spearman's ρ between a parameter and the figure's means at the points, with its p; parameters that are numbers",
  columns: [
    ['size', 'ρ', three],
    ['p', 'p', decimals(4)],
  ],
  range: [-1, 1],
  rowOf: ({ metric, policy, parameter, spearman }) =>
    spearman === null ? null : { metric, policy, parameter, size: spearman.value, p: spearman.p },
}

function bars(rows: readonly SizedRow[], { range }: Measure) {
  const shown = rows.slice(0, MOST_BARS).reverse()
  const policies = new Set(rows.map(({ policy }) => policy))
  const labelOf = ({ metric, policy, parameter }: SizedRow): string =>
    `${metric} ~ ${parameter}${policies.size > 1 ? ` (${policy})` : ''}`
  return (palette: Parameters<typeof axis>[0]) => ({
    legend: legend(palette),
    grid: { left: 340, right: 30, top: 30, bottom: 40 },
    xAxis: {
      type: 'value',
      ...(range === null ? {} : { min: range[0], max: range[1] }),
      ...axis(palette),
    },
    yAxis: { type: 'category', data: shown.map(labelOf), ...axis(palette) },
    series: [{ type: 'bar', data: shown.map(({ size }) => size) }],
  })
}
