// The page of a sweep: what was run and the answer first, then each figure over the parameters with its interval, what the policies
// change on common random numbers, what moves with which parameter, who won what at which price, how well each figure tells the policies
// apart, and every run that did not end well.
import { escaped, htmlTable, page, paragraph, section } from '../page/html.ts'
import type { ResultsQuery } from '../store/query-results.ts'
import type { BegunSweep } from '../store/recorded-sweep.ts'
import type { SweepPlan } from '../sweep/sweep-plan.ts'
import { decimals, Inquiry, plain, whole } from './inquiry.ts'
import type { ReportPage } from './run-page.ts'
import type { Arm } from './sweep-charts.ts'
import { competition } from './sweep-competition.ts'
import {
  clearestDifference,
  type Differences,
  differencesOf,
  differencesSection,
} from './sweep-differences.ts'
import { type Arms, armsOf, figures, movedMetrics } from './sweep-figures.ts'
import { screens } from './sweep-screens.ts'
import { sensitivitySection } from './sweep-sensitivities.ts'

/** @param shownAs the sweep's directory in the commands that the page shows */
export async function sweepPage(
  results: ResultsQuery,
  sweep: BegunSweep,
  shownAs: string,
): Promise<ReportPage> {
  const { plan } = sweep
  const inquiry = new Inquiry(results)
  const metrics = await movedMetrics(inquiry)
  const arms = await armsOf(inquiry, metrics, plan)
  const policies = plan.policies.map(({ name }) => name)
  const changed = await differencesOf(inquiry, metrics, policies)
  const html = page(
    plan.title,
    answerOf(inquiry, { arms, changed, plan }),
    await runsOf(inquiry, results.soFar),
    section('What was run', planTable(sweep)),
    figures(inquiry, arms, plan.parameters),
    changed === null ? '' : differencesSection(inquiry, changed),
    await sensitivitySection(inquiry, plan, metrics),
    await competition(inquiry),
    await screens(inquiry, metrics, policies),
    await failures(inquiry),
    inquiry.appendix(shownAs),
  )
  return { html, pictures: inquiry.pictures }
}

function planTable({ plan, manifest, seal }: BegunSweep): string {
  const { base, parameters, points, policies, replicates, seed, stopping } = plan
  return htmlTable(
    'From plan.json and manifest.json of the sweep',
    ['what', 'is'],
    [
      ['sweep', plan.name],
      ['base', `${base.file} (${base.hash})`],
      ['seed', String(seed)],
      ['design', plan.design.kind],
      ['parameters', parameters.join(', ')],
      ['points', String(points.length)],
      ['policies', policies.map(({ name }) => name).join(', ')],
      ['replicates', `${replicates}${stopping === null ? '' : ', stopped early where intervals are narrow'}`],
      ['engine', `${plain(manifest?.engine)}, commit ${plain(manifest?.commit)}`],
      ['Node', plain(manifest?.node)],
      ['platform', plain(manifest?.platform)],
      ['digest', seal ?? 'none: the sweep is not finished'],
    ],
  )
}

interface Findings {
  readonly arms: Arms
  readonly changed: Differences | null
  readonly plan: SweepPlan
}

/** Two sentences: what moves most, and what the policies change. */
function answerOf(inquiry: Inquiry, { arms, changed, plan }: Findings): string {
  const sentences = [
    `${escaped(movedMost(arms, plan))} (${inquiry.source(arms.answer)})`,
    ...(changed === null
      ? []
      : [`${escaped(clearestDifference(changed))} (${inquiry.source(changed.answer)})`]),
  ]
  return `<div class="answer"><p>${sentences.join(' ')}</p></div>`
}

/** How much was run and how it went. */
async function runsOf(inquiry: Inquiry, soFar: ResultsQuery['soFar']): Promise<string> {
  const answer = await inquiry.ask(
    "SELECT count(*) AS runs, count(*) FILTER (status = 'ok') AS ok, count(DISTINCT point) AS points, count(DISTINCT policy) AS policies FROM runs",
  )
  const { runs, ok, points, policies } = answer.rows[0]!
  const failed = Number(runs) - Number(ok)
  const many =
    soFar === null
      ? whole(runs)
      : `The sweep is not finished: ${whole(runs)} of at most ${whole(soFar.planned)}`
  const went =
    failed === 0
      ? 'every one ended well'
      : `${whole(failed)} did not end well and are left out of the figures`
  const told = `${many} runs at ${whole(points)} points under ${whole(policies)} ${Number(policies) === 1 ? 'policy' : 'policies'}; ${went}.`
  return `<p>${escaped(told)} (${inquiry.source(answer)})</p>`
}

function movedMost({ metrics: [metric], rows, values }: Arms, { parameters, policies }: SweepPlan): string {
  const known = rows.filter((row) => row.metric === metric).toSorted((a, b) => a.mean - b.mean)
  const [low, high] = [known[0], known.at(-1)]
  if (low === undefined || high === undefined || low === high)
    return 'No figure moves with the points or the policies.'
  const at = ({ point, policy }: Arm): string => {
    const settings = parameters.map((parameter, place) => `${parameter} ${plain(values.get(point)?.[place])}`)
    return [...settings, ...(policies.length > 1 ? [`policy ${policy}`] : [])].join(', ')
  }
  const shown = ({ mean, half }: Arm): string =>
    half === null ? decimals(4)(mean) : `${decimals(4)(mean)} ± ${decimals(4)(half)}`
  return `What moves most is ${metric}: its mean is least, ${shown(low)}, at ${at(low)}, and greatest, ${shown(high)}, at ${at(high)}.`
}

async function failures(inquiry: Inquiry): Promise<string> {
  const answer = await inquiry.ask(
    "SELECT run, point, policy, seed, status, problem, replay FROM runs WHERE status <> 'ok' ORDER BY run",
  )
  return section(
    'Runs that did not end well',
    answer.rows.length === 0
      ? paragraph('None.')
      : inquiry.table('In the order of the runs', answer, [
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
