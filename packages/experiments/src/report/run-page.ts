// The page of a run: what was run and the answer first, then pictures with their tables, and every query behind them.
import { escaped, htmlTable, page, paragraph, section } from '../page/html.ts'
import type { RunManifest } from '../results/run-directory.ts'
import type { ResultsQuery } from '../store/query-results.ts'
import { backingSection } from './backing-section.ts'
import { chainSection } from './chain-section.ts'
import { decimals, Inquiry, type Picture, perCent, plain, whole } from './inquiry.ts'
import { lossSection, solverSection } from './loss-section.ts'
import { competitionSection, orderSection } from './order-section.ts'

/** A page and the pictures in it. */
export interface ReportPage {
  readonly html: string
  readonly pictures: readonly Picture[]
}

/** @param shownAs the results directory in the commands that the page shows */
export async function runPage(
  results: ResultsQuery,
  manifest: RunManifest,
  shownAs: string,
): Promise<ReportPage> {
  const inquiry = new Inquiry(results)
  const answer = await answerOf(inquiry)
  const sections = [
    await orderSection(inquiry),
    await competitionSection(inquiry),
    await solverSection(inquiry),
    await chainSection(inquiry),
    await backingSection(inquiry),
    await lossSection(inquiry),
    await checkSection(inquiry),
  ]
  const html = page(
    `Run of ${manifest.scenario}`,
    `<div class="answer">${answer}</div>`,
    about(manifest),
    ...sections,
    inquiry.appendix(shownAs),
  )
  return { html, pictures: inquiry.pictures }
}

/** Two sentences: what became of the orders, and of those who held the risk. */
async function answerOf(inquiry: Inquiry): Promise<string> {
  const answer = await inquiry.ask(
    "SELECT (SELECT count(*) FROM orders) AS signed, (SELECT count(*) FROM orders WHERE \"end\" = 'settled') AS settled, (SELECT count(*) FROM orders WHERE receivable = 'stranded') AS stranded, (SELECT sum(profit) FROM solvers) AS profit, (SELECT count(*) FROM solvers) AS solvers, (SELECT string_agg(solver, ', ' ORDER BY solver) FROM solvers WHERE is_insolvent) AS insolvent, (SELECT sum(broken) FROM invariants) AS broken, (SELECT count(*) FROM expectations WHERE NOT ok) AS failed, (SELECT count(*) FROM expectations) AS expectations",
  )
  const { signed, settled, stranded, profit, solvers, insolvent, broken, failed, expectations } =
    answer.rows[0]!
  const share = Number(signed) === 0 ? null : Number(settled) / Number(signed)
  const gained = Number(profit) >= 0 ? 'gained' : 'lost'
  const orders = `Of ${whole(signed)} orders ${whole(settled)} were settled (${perCent(share)})${Number(stranded) === 0 ? '' : `, and ${whole(stranded)} left a solver with a claim that nobody will pay`}.`
  const holders = `The ${whole(solvers)} solvers together ${gained} ${decimals(2)(Math.abs(Number(profit)))}; ${insolvent === null ? 'none is insolvent' : `insolvent: ${plain(insolvent)}`}.`
  const checks = [
    Number(broken) === 0
      ? ''
      : `${whole(broken)} invariants broke: the numbers below are of a run that must not be.`,
    Number(failed) === 0 ? '' : `${whole(failed)} of ${whole(expectations)} expectations failed.`,
  ].join(' ')
  return `<p>${escaped(`${orders} ${holders} ${checks}`.trim())} (${inquiry.source(answer)})</p>`
}

function about(manifest: RunManifest): string {
  const { scenario, scenarioHash, seed, runtime, engine, node, platform, traceDigest } = manifest
  return section(
    'What was run',
    htmlTable(
      'From the manifest of the results',
      ['what', 'is'],
      [
        ['scenario', scenario],
        ['scenario hash', scenarioHash],
        ['seed', `${seed}`],
        ['runtime', runtime],
        ['engine', engine],
        ['Node', node],
        ['platform', platform],
        ['trace digest', traceDigest ?? 'none: real time leaves no repeatable trace'],
      ],
    ),
    runtime === 'libp2p'
      ? paragraph('A run as processes keeps no measures over time: pictures over time are left out.')
      : '',
  )
}

async function checkSection(inquiry: Inquiry): Promise<string> {
  const expectations = await inquiry.ask('SELECT name, want, got, ok FROM expectations')
  const invariants = await inquiry.ask(
    'SELECT count(*) AS rules, count(*) FILTER (checked > 0) AS evaluated, sum(checked) AS evaluations, sum(broken) AS broken FROM invariants',
  )
  return section(
    'Checks',
    expectations.rows.length === 0
      ? paragraph('The scenario expects nothing.')
      : inquiry.table('Expectations of the scenario', expectations, [
          ['name', 'expectation'],
          ['want', 'wanted'],
          ['got', 'got'],
          ['ok', 'met', (cell) => (cell === true ? 'yes' : 'no')],
        ]),
    inquiry.table('Invariants', invariants, [
      ['rules', 'rules', whole],
      ['evaluated', 'evaluated', whole],
      ['evaluations', 'evaluations', whole],
      ['broken', 'broken', whole],
    ]),
  )
}
