// What the policies of a sweep change, in pairs of runs with the same chances.
import { section } from '../page/html.ts'
import { studentT } from '../sweep/student-t.ts'
import { CONFIDENCE } from '../sweep/sweep-summary.ts'
import { decimals, type Inquiry, listed, quoted, whole } from './inquiry.ts'

export async function differences(
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
