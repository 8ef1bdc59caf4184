// What became of the orders, how long each stage took, and who won.
import { axis } from '../page/chart.ts'
import { section } from '../page/html.ts'
import { decimals, type Inquiry, numbers, perCent, plain, whole } from './inquiry.ts'
import { linesOver } from './line-chart.ts'

const STAGES = [
  ['signed to awarded', 'signed_ms', 'awarded_ms'],
  ['awarded to filled', 'awarded_ms', 'filled_ms'],
  ['signed to filled', 'signed_ms', 'filled_ms'],
  ['filled to proven', 'filled_ms', 'proven_ms'],
  ['proven to claimed', 'proven_ms', 'claimed_ms'],
] as const

export async function orderSection(inquiry: Inquiry): Promise<string> {
  const flow = await inquiry.ask(
    "SELECT at_ms, replace(measure, 'orders.', '') AS subject, value FROM series WHERE measure LIKE 'orders.%' ORDER BY subject, at_ms",
  )
  const ends = await inquiry.ask(
    'SELECT "end", count(*) AS n, count(*) / sum(count(*)) OVER () AS share FROM orders GROUP BY "end" ORDER BY n DESC, "end"',
  )
  const stages = await inquiry.ask(
    `${STAGES.map(
      ([name, from, to], place) =>
        `SELECT ${place} AS place, '${name}' AS stage, count(*) AS n, ${[0.5, 0.9, 0.99].map((q) => `quantile_cont(${to} - ${from}, ${q}) / 1000 AS p${q * 100}`).join(', ')}, max(${to} - ${from}) / 1000 AS most FROM orders WHERE ${to} IS NOT NULL`,
    ).join(' UNION ALL ')} ORDER BY place`,
  )
  const fillTimes = await inquiry.ask(
    'WITH t AS (SELECT (filled_ms - signed_ms) / 1000 AS s FROM orders WHERE filled_ms IS NOT NULL), r AS (SELECT min(s) AS low, greatest((max(s) - min(s)) / 15, 0.001) AS width FROM t) SELECT low + least(floor((s - low) / width), 14) * width AS from_s, count(*) AS n FROM t, r GROUP BY ALL ORDER BY from_s',
  )
  return section(
    'Order flow',
    flow.rows.length === 0
      ? ''
      : inquiry.picture(
          'Orders that had reached each state',
          320,
          flow,
          linesOver(flow.rows, { step: true, from: 0 }),
        ),
    inquiry.table('Where orders ended', ends, [
      ['end', 'end'],
      ['n', 'orders', whole],
      ['share', 'share', perCent],
    ]),
    fillTimes.rows.length === 0
      ? ''
      : inquiry.picture('Seconds from signing to fill', 260, fillTimes, (palette) => ({
          grid: { left: 60, right: 20, top: 20, bottom: 50 },
          xAxis: {
            type: 'category',
            name: 'seconds, from',
            nameLocation: 'middle',
            nameGap: 30,
            data: numbers(fillTimes.rows, 'from_s').map((from) => decimals(1)(from)),
            ...axis(palette),
          },
          yAxis: { type: 'value', name: 'orders', minInterval: 1, ...axis(palette) },
          series: [{ type: 'bar', data: numbers(fillTimes.rows, 'n'), barCategoryGap: '5%' }],
        })),
    inquiry.table('How long each stage took, seconds', stages, [
      ['stage', 'stage'],
      ['n', 'orders', whole],
      ['p50', 'median', decimals(1)],
      ['p90', '90 %', decimals(1)],
      ['p99', '99 %', decimals(1)],
      ['most', 'longest', decimals(1)],
    ]),
  )
}

export async function competitionSection(inquiry: Inquiry): Promise<string> {
  const shares = await inquiry.ask(
    'SELECT s.solver, s.awards, s.awards / nullif(sum(s.awards) OVER (), 0) AS share, count(b.order_id) AS bids, count(*) FILTER (b.is_winner) / nullif(count(b.order_id), 0) AS won, (SELECT count(*) FROM declines d WHERE d.solver = s.solver) AS declined FROM solvers s LEFT JOIN bids b ON b.solver = s.solver GROUP BY s.solver, s.awards ORDER BY s.awards DESC, s.solver',
  )
  const market = await inquiry.ask(
    'WITH a AS (SELECT order_id, count(*) AS n, max(output_amount::DOUBLE) FILTER (rank = 1) AS best, max(output_amount::DOUBLE) FILTER (rank = 2) AS second FROM bids GROUP BY order_id) SELECT (SELECT sum((awards / nullif(total, 0))^2) FROM (SELECT awards, sum(awards) OVER () AS total FROM solvers)) AS hhi, count(*) AS auctions, count(*) FILTER (n > 1) / nullif(count(*), 0) AS contested, avg(n) AS bids, avg((best - second) / best) * 10000 AS lead_bps FROM a',
  )
  return section(
    'Competition',
    inquiry.picture('Awards by solver', 260, shares, (palette) => ({
      grid: { left: 60, right: 20, top: 20, bottom: 40 },
      xAxis: { type: 'category', data: shares.rows.map(({ solver }) => plain(solver)), ...axis(palette) },
      yAxis: { type: 'value', name: 'awards', minInterval: 1, ...axis(palette) },
      series: [{ type: 'bar', data: numbers(shares.rows, 'awards') }],
    })),
    inquiry.table('Who won', shares, [
      ['solver', 'solver'],
      ['awards', 'awards', whole],
      ['share', 'share', perCent],
      ['bids', 'bids', whole],
      ['won', 'of its bids won', perCent],
      ['declined', 'declined', whole],
    ]),
    inquiry.table('The market', market, [
      ['auctions', 'auctions', whole],
      ['hhi', 'Herfindahl index', decimals(4)],
      ['contested', 'more than one bid', perCent],
      ['bids', 'bids an auction', decimals(2)],
      ['lead_bps', 'best over second bid, bps', decimals(2)],
    ]),
  )
}
