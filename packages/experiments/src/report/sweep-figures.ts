// The figures of a sweep at its points, each with its interval: which are worth showing, and how.
import { paragraph, section } from '../page/html.ts'
import { compareLabels, valueLabels } from '../sweep/design/value-labels.ts'
import { studentT } from '../sweep/student-t.ts'
import type { SweepPlan } from '../sweep/sweep-plan.ts'
import { CONFIDENCE } from '../sweep/sweep-summary.ts'
import { type Answer, decimals, type Inquiry, listed, plain, whole } from './inquiry.ts'
import { type Arm, lines, type PointValues, phases, policyRows } from './sweep-charts.ts'

const MOST_METRICS = 8
/** As many as a palette has colours. */
const MOST_LINES = 7

/** Figures that are not the same in all runs, those that vary most with points and policies first. */
export async function movedMetrics(inquiry: Inquiry): Promise<string[]> {
  const { rows } = await inquiry.ask(
    `WITH cells AS (SELECT m.metric, avg(m.value) AS mean, coalesce(var_samp(m.value), 0) AS noise FROM metrics m JOIN runs r USING (run) WHERE r.status = 'ok' GROUP BY m.metric, m.point, m.policy), moved AS (SELECT metric, var_pop(mean) AS outside, avg(noise) AS inside FROM cells GROUP BY metric) SELECT metric FROM moved WHERE outside > 0 ORDER BY outside / (outside + inside) DESC, metric LIMIT ${MOST_METRICS}`,
  )
  return rows.map(({ metric }) => plain(metric))
}

export interface Arms {
  readonly metrics: readonly string[]
  readonly rows: readonly Arm[]
  readonly answer: Answer
  readonly values: PointValues
}

export async function armsOf(
  inquiry: Inquiry,
  metrics: readonly string[],
  plan: Pick<SweepPlan, 'points' | 'parameters'>,
): Promise<Arms> {
  const answer = await inquiry.ask(
    `SELECT m.metric, m.point, m.policy, count(*) AS n, avg(m.value) AS mean, stddev_samp(m.value) AS sd FROM metrics m JOIN runs r USING (run) WHERE r.status = 'ok' AND m.metric IN (${listed(metrics)}) GROUP BY ALL ORDER BY m.metric, m.point, m.policy`,
  )
  const columns = plan.parameters.map((_, place) => valueLabels(plan.points.map((point) => point[place])))
  const values = new Map(plan.points.map((_, point) => [point, columns.map((labels) => labels[point]!)]))
  const known = answer.rows.map((row) => {
    const [n, sd] = [Number(row.n), row.sd === null ? null : Number(row.sd)]
    const half = sd === null || n < 2 ? null : (studentT(CONFIDENCE, n - 1) * sd) / Math.sqrt(n)
    return { ...row, mean: Number(row.mean), point: Number(row.point), n, half } as unknown as Arm
  })
  // A figure's rows in the order of the first parameter.
  const rows = metrics.flatMap((metric) =>
    known
      .filter((row) => row.metric === metric)
      .toSorted((a, b) => compareLabels(values.get(a.point)?.[0], values.get(b.point)?.[0])),
  )
  return { metrics, rows, answer, values }
}

export function figures(inquiry: Inquiry, arms: Arms, parameters: readonly string[]): string {
  const parts = arms.metrics.flatMap((metric) => {
    const rows = arms.rows.filter((row) => row.metric === metric)
    const title = `${metric} over the points`
    const policies = [...new Set(rows.map(({ policy }) => policy))].sort()
    const all = rows.map(({ mean }) => mean)
    const range = { min: Math.min(...all), max: Math.max(...all) }
    if (parameters.length !== 2)
      return policies.length > MOST_LINES
        ? inquiry.picture(
            title,
            120 + 26 * policies.length,
            arms.answer,
            policyRows(rows, { values: arms.values, parameters, range }),
          )
        : inquiry.picture(title, 320, arms.answer, lines(rows, arms.values, parameters))
    return policies.map((policy) =>
      inquiry.picture(
        policies.length === 1 ? title : `${title}, policy ${policy}`,
        320,
        arms.answer,
        phases(
          rows.filter((row) => row.policy === policy),
          { values: arms.values, parameters, range },
        ),
      ),
    )
  })
  const cells = arms.rows.map((row) => ({
    ...row,
    values: (arms.values.get(row.point) ?? []).join(', '),
    shown: row.half === null ? decimals(4)(row.mean) : `${decimals(4)(row.mean)} ± ${decimals(4)(row.half)}`,
  }))
  return section(
    'Figures',
    parameters.length === 2
      ? paragraph('Darker is more; of several policies each has its picture, in the same colours.')
      : new Set(arms.rows.map(({ policy }) => policy)).size > MOST_LINES
        ? paragraph('Darker is more.')
        : '',
    ...parts,
    inquiry.table(
      `Means with intervals of ${CONFIDENCE * 100} % (Student's t)`,
      { ...arms.answer, rows: cells },
      [
        ['metric', 'figure'],
        ['values', parameters.join(', ')],
        ['policy', 'policy'],
        ['n', 'runs', whole],
        ['shown', 'mean'],
      ],
    ),
  )
}
