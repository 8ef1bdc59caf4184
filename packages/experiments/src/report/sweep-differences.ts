// What the policies of a sweep change, in pairs of runs with the same chances.
import { section } from '../page/html.ts'
import { studentT } from '../sweep/student-t.ts'
import { CONFIDENCE } from '../sweep/sweep-summary.ts'
import { type Answer, decimals, type Inquiry, listed, plain, quoted, type Row, whole } from './inquiry.ts'

/** A figure under a policy less what it is under the first. */
export interface Difference extends Row {
  readonly metric: string
  readonly policy: string
  readonly n: number
  readonly mean: number
  /** Half the width of the interval; null of one pair. */
  readonly half: number | null
}

export interface Differences {
  readonly against: string
  readonly answer: Answer
  readonly rows: readonly Difference[]
}

/** Null of one policy. */
export async function differencesOf(
  inquiry: Inquiry,
  metrics: readonly string[],
  policies: readonly string[],
): Promise<Differences | null> {
  const [against] = policies
  if (against === undefined || policies.length < 2 || metrics.length === 0) return null
  const answer = await inquiry.ask(
    `SELECT a.metric, a.policy, count(*) AS n, avg(a.value - b.value) AS mean, stddev_samp(a.value - b.value) AS sd FROM metrics a JOIN metrics b ON a.metric = b.metric AND a.point = b.point AND a.replicate = b.replicate JOIN runs ra ON ra.run = a.run JOIN runs rb ON rb.run = b.run WHERE b.policy = '${quoted(against)}' AND a.policy <> b.policy AND ra.status = 'ok' AND rb.status = 'ok' AND a.metric IN (${listed(metrics)}) GROUP BY ALL ORDER BY a.metric, a.policy`,
  )
  const rows = answer.rows.map((row) => {
    const [n, sd] = [Number(row.n), Number(row.sd)]
    const half = n < 2 ? null : (studentT(CONFIDENCE, n - 1) * sd) / Math.sqrt(n)
    return { ...row, metric: plain(row.metric), policy: plain(row.policy), n, mean: Number(row.mean), half }
  })
  return { against, answer, rows }
}

export function differencesSection(inquiry: Inquiry, { against, answer, rows }: Differences): string {
  const shown = rows.map((row) => ({
    ...row,
    verdict: row.half === null ? 'one pair only' : isClear(row) ? 'yes' : 'no',
  }))
  return section(
    'What the policies change',
    inquiry.table(
      `Less ${against}, in pairs of runs with the same chances, over all points; intervals of ${CONFIDENCE * 100} %`,
      { ...answer, rows: shown },
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

/** The difference that stands out most from what chance gives, in a sentence. */
export function clearestDifference({ against, rows }: Differences): string {
  const sizeOf = ({ mean, half }: Difference): number => (half === null ? 0 : Math.abs(mean) / half)
  const [clearest] = rows.filter(isClear).toSorted((a, b) => sizeOf(b) - sizeOf(a))
  if (clearest === undefined)
    return `No policy changes any of the figures below against ${against} by more than chance may.`
  const { metric, policy, mean, half, n } = clearest
  return `Against ${against}, policy ${policy} ${mean < 0 ? 'lowers' : 'raises'} ${metric} by ${decimals(4)(Math.abs(mean))} ± ${decimals(4)(half)} in ${whole(n)} pairs of runs with the same chances.`
}

const isClear = ({ mean, half }: Difference): boolean => half !== null && Math.abs(mean) > half
