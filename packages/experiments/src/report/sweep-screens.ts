// Figures as screens: how well each tells the runs under a policy from those under the first, by itself and run by run. Where the
// policies differ in conduct, this is what the screen would see of it. Source: J. Hanley, B. McNeil, "The meaning and use of the area
// under a receiver operating characteristic (ROC) curve", Radiology 143, 1982.
import { rocOf } from '@solvent/collusion'
import { section } from '../page/html.ts'
import { decimals, type Inquiry, listed, perCent, plain, whole } from './inquiry.ts'

/** What the watcher measures of auctions without knowing who colludes, beside the figures that move most. */
const SCREENS = [
  'competition.hhi',
  'competition.contestedRate',
  'competition.overchargeBps',
  'competition.unawarded',
]

export async function screens(
  inquiry: Inquiry,
  metrics: readonly string[],
  policies: readonly string[],
): Promise<string> {
  const [honest, ...others] = policies
  if (others.length === 0 || metrics.length === 0) return ''
  const names = [...new Set([...metrics, ...SCREENS])]
  const answer = await inquiry.ask(
    `SELECT m.metric, m.policy, list(m.value ORDER BY m.run) AS figures FROM metrics m JOIN runs r USING (run) WHERE r.status = 'ok' AND m.metric IN (${listed(names)}) GROUP BY ALL ORDER BY m.metric, m.policy`,
  )
  const of = (metric: string, policy: string): number[] => {
    const row = answer.rows.find((each) => each.metric === metric && each.policy === policy)
    return row === undefined ? [] : (row.figures as unknown[]).map(Number)
  }
  const found = [...new Set(answer.rows.map(({ metric }) => plain(metric)))]
  const rows = found.flatMap((metric) =>
    others.map((policy) => scored(metric, policy, of(metric, honest!), of(metric, policy))),
  )
  const known = rows.filter((row) => row !== null).toSorted((a, b) => b.auc - a.auc)
  if (known.length === 0) return ''
  return section(
    'Screens with their power',
    inquiry.table(
      `How well a figure tells a run under a policy from one under ${honest}: 0.5 is a coin, 1 never errs; power is the share found when at most 5 % of the others are flagged`,
      { ...answer, rows: known },
      [
        ['metric', 'figure'],
        ['policy', 'policy'],
        ['flags', 'flags'],
        ['n', 'runs', whole],
        ['auc', 'area under the curve', decimals(3)],
        ['error', '± standard error', decimals(3)],
        ['power', 'power at 5 %', perCent],
      ],
    ),
  )
}

/** Of the two directions the one that tells more. */
function scored(metric: string, policy: string, quiet: readonly number[], loud: readonly number[]) {
  const labels = [...quiet.map(() => 0), ...loud.map(() => 1)]
  const values = [...quiet, ...loud]
  const [high, low] = [
    rocOf(values, labels),
    rocOf(
      values.map((value) => -value),
      labels,
    ),
  ]
  if (high === null || low === null) return null
  const best = high.auc >= low.auc ? high : low
  return {
    metric,
    policy,
    flags: best === high ? 'high values' : 'low values',
    n: values.length,
    auc: best.auc,
    error: best.hanley_mcneil_se,
    power: best.tpr_at_fpr_05,
  }
}
