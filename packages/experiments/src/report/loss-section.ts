// Who gained and lost: balance sheets of solvers, users, and who could not pay any more, in the order of their fall.
import { section } from '../page/html.ts'
import { waterfall } from '../page/waterfall.ts'
import { decimals, type Inquiry, plain, whole } from './inquiry.ts'
import { linesOver } from './line-chart.ts'

export async function solverSection(inquiry: Inquiry): Promise<string> {
  const equity = await inquiry.ask(
    "SELECT at_ms, subject, value FROM series WHERE measure = 'solver.equity' ORDER BY subject, at_ms",
  )
  const sheets = await inquiry.ask(
    'SELECT solver, initial_equity, equity, profit, receivables, in_transit, borrowed, stranded, is_insolvent FROM solvers',
  )
  return section(
    "Solvers' balance sheets",
    equity.rows.length === 0
      ? ''
      : inquiry.picture(
          "Solvers' equity, in the numeraire",
          320,
          equity,
          linesOver(equity.rows, { step: true }),
        ),
    inquiry.table('At the end, in the numeraire', sheets, [
      ['solver', 'solver'],
      ['initial_equity', 'equity at the start', decimals(2)],
      ['equity', 'equity', decimals(2)],
      ['profit', 'profit', decimals(2)],
      ['receivables', 'receivables', decimals(2)],
      ['in_transit', 'in transit', decimals(2)],
      ['borrowed', 'borrowed', decimals(2)],
      ['stranded', 'stranded', decimals(2)],
      ['is_insolvent', 'insolvent', (cell) => (cell === true ? 'yes' : 'no')],
    ]),
  )
}

export async function lossSection(inquiry: Inquiry): Promise<string> {
  const losses = await inquiry.ask(
    "SELECT who, loss FROM (SELECT solver AS who, -profit::DOUBLE AS loss FROM solvers UNION ALL SELECT 'users' AS who, -arg_max(value, at_ms) AS loss FROM series WHERE measure = 'users.welfare' HAVING count(*) > 0) WHERE abs(loss) > 0.005 ORDER BY loss DESC, who",
  )
  const falls = await inquiry.ask(
    'SELECT round, at_ms / 1000 AS second, id, kind, shortfall, loss, because FROM falls ORDER BY at_ms, round, id',
  )
  const stranded = await inquiry.ask(
    "SELECT at_ms, subject, value FROM series WHERE measure = 'solver.stranded' ORDER BY subject, at_ms",
  )
  const faults = await inquiry.ask(
    'SELECT at_ms / 1000 AS second, label, kind, settings FROM faults ORDER BY at_ms, label',
  )
  const isStranded = stranded.rows.some(({ value }) => Number(value) > 0)
  return section(
    'The wave of failures',
    faults.rows.length === 0
      ? ''
      : inquiry.table('What was injected', faults, [
          ['second', 'second', decimals(1)],
          ['label', 'name'],
          ['kind', 'fault'],
          ['settings', 'settings', spaced],
        ]),
    isStranded
      ? inquiry.picture(
          'Receivables that nobody will prove, by solver',
          280,
          stranded,
          linesOver(stranded.rows, { step: true, from: 0 }),
        )
      : '',
    falls.rows.length === 0
      ? '<p>Nobody failed.</p>'
      : inquiry.table('Who could not pay any more', falls, [
          ['second', 'second', decimals(1)],
          ['round', 'round', whole],
          ['id', 'who'],
          ['kind', 'kind'],
          ['shortfall', 'shortfall', decimals(2)],
          ['loss', 'loss to creditors', decimals(2)],
          ['because', 'because of', because],
        ]),
    losses.rows.length === 0
      ? ''
      : inquiry.picture(
          'Loss waterfall: solvers and users, in the numeraire',
          320,
          losses,
          waterfall(
            losses.rows.map(({ who, loss }) => ({ name: plain(who), value: Number(loss) })),
            'sum',
          ),
        ),
    losses.rows.length === 0
      ? ''
      : inquiry.table('Loss (gain below zero), in the numeraire', losses, [
          ['who', 'who'],
          ['loss', 'loss', decimals(2)],
        ]),
  )
}

function because(cell: unknown): string {
  const causes = JSON.parse(plain(cell)) as readonly { id: string; amount: string }[]
  return causes.map(({ id, amount }) => `${id} ${decimals(0)(amount)}`).join(', ') || 'itself'
}

/** JSON that lines can break in. */
const spaced = (json: unknown): string => plain(json).replaceAll(',"', ', "')
