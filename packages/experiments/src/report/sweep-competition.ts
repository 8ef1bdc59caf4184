// Who won the orders of a sweep's runs, and what users paid above a competitive price, policy by policy.
import { axis, legend } from '../page/chart.ts'
import { section } from '../page/html.ts'
import { studentT } from '../sweep/student-t.ts'
import { CONFIDENCE } from '../sweep/sweep-summary.ts'
import { decimals, type Inquiry, listed, perCent, plain, whole } from './inquiry.ts'

/** Under the paths that summaries give them. */
const PRICES = [
  'competition.overchargeBps',
  'competition.paidBps',
  'competition.competitiveBps',
  'competition.hhi',
]

/** Nothing for sweeps without auctions of orders. */
export async function competition(inquiry: Inquiry): Promise<string> {
  const shares = await inquiry.ask(
    "SELECT m.policy, regexp_extract(m.metric, '\\[(.*)\\]', 1) AS solver, count(*) AS n, avg(m.value) AS share FROM metrics m JOIN runs r USING (run) WHERE r.status = 'ok' AND m.metric LIKE 'competition.solvers[%].share' GROUP BY ALL ORDER BY m.policy, solver",
  )
  const prices = await inquiry.ask(
    `SELECT m.policy, m.metric, count(*) AS n, avg(m.value) AS mean, stddev_samp(m.value) AS sd FROM metrics m JOIN runs r USING (run) WHERE r.status = 'ok' AND m.metric IN (${listed(PRICES)}) GROUP BY ALL ORDER BY m.metric, m.policy`,
  )
  if (shares.rows.length === 0 && prices.rows.length === 0) return ''
  const rows = prices.rows.map((row) => {
    const n = Number(row.n)
    return { ...row, half: n < 2 ? null : (studentT(CONFIDENCE, n - 1) * Number(row.sd)) / Math.sqrt(n) }
  })
  const policies = [...new Set(shares.rows.map(({ policy }) => plain(policy)))]
  const solvers = [...new Set(shares.rows.map(({ solver }) => plain(solver)))]
  const shareOf = (policy: string, solver: string): number =>
    Number(shares.rows.find((row) => row.policy === policy && row.solver === solver)?.share ?? 0)
  return section(
    'Market shares and overcharge',
    shares.rows.length === 0
      ? ''
      : inquiry.picture('Share of the awards', 110 + 34 * policies.length, shares, (palette) => ({
          legend: legend(palette),
          grid: { left: 160, right: 30, top: 40, bottom: 40 },
          xAxis: { type: 'value', min: 0, max: 1, ...axis(palette) },
          yAxis: { type: 'category', data: policies, ...axis(palette) },
          series: solvers.map((solver) => ({
            type: 'bar',
            stack: 'awards',
            name: solver,
            data: policies.map((policy) => shareOf(policy, solver)),
          })),
        })),
    inquiry.table('Mean share of the awards, over all points and replicates', shares, [
      ['policy', 'policy'],
      ['solver', 'solver'],
      ['n', 'runs', whole],
      ['share', 'share', perCent],
    ]),
    inquiry.table(
      `What users paid against a competitive price, in basis points, and concentration; intervals of ${CONFIDENCE * 100} %`,
      { ...prices, rows },
      [
        ['metric', 'figure'],
        ['policy', 'policy'],
        ['n', 'runs', whole],
        ['mean', 'mean', decimals(4)],
        ['half', '±', decimals(4)],
      ],
    ),
  )
}
