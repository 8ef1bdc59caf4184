// The page of a sweep: what was run and the answer first, then each figure over the parameters with its interval, what the policies
// change on common random numbers, what moves with which parameter, and every run that did not end well.
import { axis } from '../page/chart.ts'
import { htmlTable, page, paragraph, section } from '../page/html.ts'
import type { ResultsQuery } from '../store/query-results.ts'
import type { RecordedSweep } from '../store/sweep-tables.ts'
import { studentT } from '../sweep/student-t.ts'
import { decimals, Inquiry, plain, whole } from './inquiry.ts'
import type { ReportPage } from './run-page.ts'
import { type Arm, compareValues, lines, phases } from './sweep-charts.ts'

const MOST_METRICS = 8
const CONFIDENCE = 0.95

/** @param shownAs the sweep's directory in the commands that the page shows */
export async function sweepPage(
  results: ResultsQuery,
  { plan, records, isComplete }: RecordedSweep,
  shownAs: string,
): Promise<ReportPage> {
  const inquiry = new Inquiry(results)
  const metrics = await movedMetrics(inquiry)
  const arms = await armsOf(inquiry, metrics)
  const html = page(
    plan.title,
    `<div class="answer">${await answerOf(inquiry, isComplete)}</div>`,
    section(
      'What was run',
      htmlTable(
        'From the plan',
        ['what', 'is'],
        [
          ['sweep', plan.name],
          ['base', `${plan.base.file} (${plan.base.hash})`],
          ['parameters', plan.parameters.join(', ')],
          ['points', String(plan.points.length)],
          ['policies', plan.policies.map(({ name }) => name).join(', ')],
          [
            'replicates',
            `${plan.replicates}${plan.stopping === null ? '' : ', stopped early where intervals are narrow'}`,
          ],
          ['runs recorded', String(records.length)],
        ],
      ),
    ),
    figures(inquiry, arms, plan.parameters),
    await differences(
      inquiry,
      metrics,
      plan.policies.map(({ name }) => name),
    ),
    await sensitivities(inquiry, metrics),
    await failures(inquiry),
    inquiry.appendix(shownAs),
  )
  return { html, pictures: inquiry.pictures }
}

async function answerOf(inquiry: Inquiry, isComplete: boolean): Promise<string> {
  const answer = await inquiry.ask(
    "SELECT count(*) AS runs, count(*) FILTER (status = 'ok') AS ok, count(DISTINCT point) AS points, count(DISTINCT policy) AS policies FROM runs",
  )
  const { runs, ok, points, policies } = answer.rows[0]!
  const failed = Number(runs) - Number(ok)
  return `${paragraph(
    `${whole(runs)} runs at ${whole(points)} points under ${whole(policies)} ${Number(policies) === 1 ? 'policy' : 'policies'}; ${failed === 0 ? 'every one ended well' : `${whole(failed)} did not end well and are left out of the figures`}.${isComplete ? '' : ' The sweep is not finished: these are the results so far.'}`,
  )}<p class="source">${inquiry.source(answer)}</p>`
}

/** Figures that are not the same in all runs, those that vary most with points and policies first. */
async function movedMetrics(inquiry: Inquiry): Promise<string[]> {
  const { rows } = await inquiry.ask(
    `WITH cells AS (SELECT m.metric, avg(m.value) AS mean, coalesce(var_samp(m.value), 0) AS noise FROM metrics m JOIN runs r USING (run) WHERE r.status = 'ok' GROUP BY m.metric, m.point, m.policy), moved AS (SELECT metric, var_pop(mean) AS outside, avg(noise) AS inside FROM cells GROUP BY metric) SELECT metric FROM moved WHERE outside > 0 ORDER BY outside / (outside + inside) DESC, metric LIMIT ${MOST_METRICS}`,
  )
  return rows.map(({ metric }) => plain(metric))
}

interface Arms {
  readonly metrics: readonly string[]
  readonly rows: readonly Arm[]
  readonly answer: Awaited<ReturnType<Inquiry['ask']>>
  readonly values: ReadonlyMap<number, readonly string[]>
}

async function armsOf(inquiry: Inquiry, metrics: readonly string[]): Promise<Arms> {
  const answer = await inquiry.ask(
    `SELECT m.metric, m.point, m.policy, count(*) AS n, avg(m.value) AS mean, stddev_samp(m.value) AS sd FROM metrics m JOIN runs r USING (run) WHERE r.status = 'ok' AND m.metric IN (${listed(metrics)}) GROUP BY ALL ORDER BY m.metric, m.point, m.policy`,
  )
  const points = await inquiry.ask('SELECT point, parameter, text FROM points')
  const values = new Map<number, string[]>()
  for (const { point, text } of points.rows)
    values.set(Number(point), [...(values.get(Number(point)) ?? []), plain(text)])
  const known = answer.rows.map((row) => {
    const [n, sd] = [Number(row.n), row.sd === null ? null : Number(row.sd)]
    const half = sd === null || n < 2 ? null : (studentT(CONFIDENCE, n - 1) * sd) / Math.sqrt(n)
    return { ...row, mean: Number(row.mean), point: Number(row.point), n, half } as unknown as Arm
  })
  // A figure's rows in the order of the first parameter.
  const rows = metrics.flatMap((metric) =>
    known
      .filter((row) => row.metric === metric)
      .toSorted((a, b) => compareValues(values.get(a.point)?.[0], values.get(b.point)?.[0])),
  )
  return { metrics, rows, answer, values }
}

function figures(inquiry: Inquiry, arms: Arms, parameters: readonly string[]): string {
  const parts = arms.metrics.map((metric) => {
    const rows = arms.rows.filter((row) => row.metric === metric)
    const drawing =
      parameters.length === 2 ? phases(rows, arms.values, parameters) : lines(rows, arms.values, parameters)
    return inquiry.picture(`${metric} over the points`, 320, arms.answer, drawing)
  })
  const cells = arms.rows.map((row) => ({
    ...row,
    values: (arms.values.get(row.point) ?? []).join(', '),
    shown: row.half === null ? decimals(4)(row.mean) : `${decimals(4)(row.mean)} ± ${decimals(4)(row.half)}`,
  }))
  return section(
    'Figures',
    parameters.length === 2 ? paragraph('Of several policies each has its picture; darker is more.') : '',
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

async function differences(
  inquiry: Inquiry,
  metrics: readonly string[],
  policies: readonly string[],
): Promise<string> {
  const [against] = policies
  if (policies.length < 2 || metrics.length === 0) return ''
  const answer = await inquiry.ask(
    `SELECT a.metric, a.policy, count(*) AS n, avg(a.value - b.value) AS mean, stddev_samp(a.value - b.value) AS sd FROM metrics a JOIN metrics b ON a.metric = b.metric AND a.point = b.point AND a.replicate = b.replicate JOIN runs ra ON ra.run = a.run JOIN runs rb ON rb.run = b.run WHERE b.policy = '${quoted(against!)}' AND a.policy <> b.policy AND ra.status = 'ok' AND rb.status = 'ok' AND a.metric IN (${listed(metrics)}) GROUP BY ALL ORDER BY a.metric, a.policy`,
  )
  const rows = answer.rows.map((row) => {
    const n = Number(row.n)
    const half = n < 2 ? null : (studentT(CONFIDENCE, n - 1) * Number(row.sd)) / Math.sqrt(n)
    const isClear = half !== null && Math.abs(Number(row.mean)) > half
    return { ...row, half, verdict: half === null ? 'one pair only' : isClear ? 'yes' : 'no' }
  })
  return section(
    'What the policies change',
    inquiry.table(
      `Less ${against}, in pairs of runs with the same chances, over all points; intervals of ${CONFIDENCE * 100} %`,
      { ...answer, rows },
      [
        ['metric', 'figure'],
        ['policy', 'policy'],
        ['n', 'pairs', whole],
        ['mean', 'difference', decimals(4)],
        ['half', '±', decimals(4)],
        ['verdict', 'told from zero'],
      ],
    ),
  )
}

/** Spearman's rank correlation of each parameter with each figure: how the figure moves when the parameter grows. */
async function sensitivities(inquiry: Inquiry, metrics: readonly string[]): Promise<string> {
  if (metrics.length === 0) return ''
  const answer = await inquiry.ask(
    `WITH d AS (SELECT m.metric, p.parameter, rank() OVER (PARTITION BY m.metric, p.parameter ORDER BY p.value) AS below_x, count(*) OVER (PARTITION BY m.metric, p.parameter, p.value) AS ties_x, rank() OVER (PARTITION BY m.metric, p.parameter ORDER BY m.value) AS below_y, count(*) OVER (PARTITION BY m.metric, p.parameter, m.value) AS ties_y FROM metrics m JOIN runs r USING (run) JOIN points p ON p.point = m.point WHERE r.status = 'ok' AND p.value IS NOT NULL AND m.metric IN (${listed(metrics)})) SELECT metric, parameter, count(*) AS n, corr(below_x + (ties_x - 1) / 2, below_y + (ties_y - 1) / 2) AS rho FROM d GROUP BY ALL HAVING rho IS NOT NULL AND NOT isnan(rho) ORDER BY abs(rho) DESC, metric, parameter`,
  )
  if (answer.rows.length === 0) return ''
  const bars = answer.rows.slice(0, 20).reverse()
  return section(
    'What moves with what',
    inquiry.picture(
      'Rank correlation of parameters with figures',
      60 + 24 * bars.length,
      answer,
      (palette) => ({
        grid: { left: 320, right: 30, top: 10, bottom: 40 },
        xAxis: { type: 'value', min: -1, max: 1, ...axis(palette) },
        yAxis: {
          type: 'category',
          data: bars.map(({ metric, parameter }) => `${plain(metric)} ~ ${plain(parameter)}`),
          ...axis(palette),
        },
        series: [{ type: 'bar', data: bars.map(({ rho }) => Number(rho)) }],
      }),
    ),
    inquiry.table("Spearman's ρ over all runs that ended well; parameters that are numbers", answer, [
      ['metric', 'figure'],
      ['parameter', 'parameter'],
      ['n', 'runs', whole],
      ['rho', 'ρ', decimals(3)],
    ]),
  )
}

async function failures(inquiry: Inquiry): Promise<string> {
  const answer = await inquiry.ask(
    "SELECT run, point, policy, seed, status, problem, replay FROM runs WHERE status <> 'ok' ORDER BY run LIMIT 200",
  )
  return section(
    'Runs that did not end well',
    answer.rows.length === 0
      ? paragraph('None.')
      : inquiry.table('At most the first 200', answer, [
          ['run', 'run', whole],
          ['point', 'point', whole],
          ['policy', 'policy'],
          ['seed', 'seed'],
          ['status', 'how'],
          ['problem', 'what'],
          ['replay', 'see it again'],
        ]),
  )
}

const quoted = (text: string): string => text.replaceAll("'", "''")
const listed = (names: readonly string[]): string =>
  names.length === 0 ? "''" : names.map((name) => `'${quoted(name)}'`).join(', ')
