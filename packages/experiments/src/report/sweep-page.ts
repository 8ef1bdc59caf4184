// The page of a sweep: what was run and the answer first, then each figure over the parameters with its interval, what the policies
// change on common random numbers, what moves with which parameter, who won what at which price, how well each figure tells the policies
// apart, and every run that did not end well.
import { htmlTable, page, paragraph, section } from '../page/html.ts'
import type { ResultsQuery } from '../store/query-results.ts'
import type { SweepPlan } from '../sweep/sweep-plan.ts'
import { decimals, Inquiry, plain, whole } from './inquiry.ts'
import type { ReportPage } from './run-page.ts'
import type { Arm } from './sweep-charts.ts'
import { competition } from './sweep-competition.ts'
import { differences } from './sweep-differences.ts'
import { type Arms, armsOf, figures, movedMetrics } from './sweep-figures.ts'
import { screens } from './sweep-screens.ts'
import { sensitivitySection } from './sweep-sensitivities.ts'

/** @param shownAs the sweep's directory in the commands that the page shows */
export async function sweepPage(
  results: ResultsQuery,
  plan: SweepPlan,
  shownAs: string,
): Promise<ReportPage> {
  const inquiry = new Inquiry(results)
  const metrics = await movedMetrics(inquiry)
  const arms = await armsOf(inquiry, metrics)
  const policies = plan.policies.map(({ name }) => name)
  const html = page(
    plan.title,
    `<div class="answer">${await answerOf(inquiry, results.soFar, arms, plan)}</div>`,
    section('What was run', planTable(plan)),
    figures(inquiry, arms, plan.parameters),
    await differences(inquiry, metrics, policies),
    await sensitivitySection(inquiry, plan, metrics),
    await competition(inquiry),
    await screens(inquiry, metrics, policies),
    await failures(inquiry),
    inquiry.appendix(shownAs),
  )
  return { html, pictures: inquiry.pictures }
}

function planTable(plan: SweepPlan): string {
  const { base, parameters, points, policies, replicates, stopping } = plan
  return htmlTable(
    'From the plan',
    ['what', 'is'],
    [
      ['sweep', plan.name],
      ['base', `${base.file} (${base.hash})`],
      ['parameters', parameters.join(', ')],
      ['points', String(points.length)],
      ['policies', policies.map(({ name }) => name).join(', ')],
      ['replicates', `${replicates}${stopping === null ? '' : ', stopped early where intervals are narrow'}`],
    ],
  )
}

/** Two sentences: how much was run and how it went, and what moved most. */
async function answerOf(
  inquiry: Inquiry,
  soFar: ResultsQuery['soFar'],
  arms: Arms,
  plan: SweepPlan,
): Promise<string> {
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
  return `${paragraph(
    `${many} runs at ${whole(points)} points under ${whole(policies)} ${Number(policies) === 1 ? 'policy' : 'policies'}; ${went}.`,
  )}<p class="source">${inquiry.source(answer)}</p>${paragraph(movedMost(arms, plan))}<p class="source">${inquiry.source(arms.answer)}</p>`
}

function movedMost({ metrics: [metric], rows, values }: Arms, { parameters }: SweepPlan): string {
  const known = rows.filter((row) => row.metric === metric).toSorted((a, b) => a.mean - b.mean)
  const [low, high] = [known[0], known.at(-1)]
  if (low === undefined || high === undefined || low === high)
    return 'No figure moves with the points or the policies.'
  const at = ({ point, policy }: Arm): string => {
    const settings = parameters.map((parameter, place) => `${parameter} ${plain(values.get(point)?.[place])}`)
    return [...settings, `policy ${policy}`].join(', ')
  }
  const shown = ({ mean, half }: Arm): string =>
    half === null ? decimals(4)(mean) : `${decimals(4)(mean)} ± ${decimals(4)(half)}`
  return `What moves most is ${metric}: its mean is least, ${shown(low)}, at ${at(low)}, and greatest, ${shown(high)}, at ${at(high)}.`
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
