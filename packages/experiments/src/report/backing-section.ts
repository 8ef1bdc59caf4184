// Backing of wrapped assets, and the prices of markets and oracles.
import { section } from '../page/html.ts'
import { type Inquiry, perCent, whole } from './inquiry.ts'
import { linesOver } from './line-chart.ts'

export async function backingSection(inquiry: Inquiry): Promise<string> {
  const over = (...measures: readonly string[]) =>
    inquiry.ask(
      `SELECT at_ms, subject, value FROM series WHERE measure IN (${measures.map((measure) => `'${measure}'`).join(', ')}) ORDER BY subject, at_ms`,
    )
  const backing = await over('bridge.backing')
  const prices = await over('market.price', 'oracle.price')
  const used = await over('bridge.utilisation', 'lending.utilisation')
  const bridges = await inquiry.ask(
    "WITH m AS (SELECT regexp_extract(path, '^bridges\\[(.*)\\]\\.(\\w+)$', ['bridge', 'name']) AS p, text FROM metrics WHERE path LIKE 'bridges[%' AND path NOT LIKE 'bridges[%[%') SELECT p.bridge AS bridge, max(text) FILTER (p.name = 'backingRatio') AS backing, max(text) FILTER (p.name = 'locked') AS locked, max(text) FILTER (p.name = 'minted') AS minted, max(text) FILTER (p.name = 'deficit') AS deficit, max(text) FILTER (p.name = 'haircutAllHolders') AS haircut_all, max(text) FILTER (p.name = 'haircutFarHolders') AS haircut_far, max(text) FILTER (p.name = 'arrived') AS arrived FROM m WHERE p.bridge <> '' GROUP BY ALL ORDER BY bridge",
  )
  if (bridges.rows.length === 0 && prices.rows.length === 0 && used.rows.length === 0) return ''
  return section(
    'Backing and prices',
    backing.rows.length === 0
      ? ''
      : inquiry.picture(
          'What wrapped assets are backed by',
          280,
          backing,
          linesOver(backing.rows, { step: true, from: 0 }),
        ),
    bridges.rows.length === 0
      ? ''
      : inquiry.table('Bridges at the end; amounts in base units', bridges, [
          ['bridge', 'bridge/asset'],
          ['backing', 'backing', perCent],
          ['locked', 'locked', baseUnits],
          ['minted', 'minted', baseUnits],
          ['deficit', 'deficit', baseUnits],
          ['haircut_all', 'haircut, all holders', perCent],
          ['haircut_far', 'haircut, far holders', perCent],
          ['arrived', 'transfers arrived', whole],
        ]),
    prices.rows.length === 0
      ? ''
      : inquiry.picture('Prices of markets and oracles', 300, prices, linesOver(prices.rows, { step: true })),
    used.rows.length === 0
      ? ''
      : inquiry.picture(
          'Utilisation of pools and reserves',
          280,
          used,
          linesOver(used.rows, { step: true, from: 0 }),
        ),
  )
}

/** Tokens have up to 18 decimals: 24 digits would fill the page, and the query has them all. */
const MOST_WHOLE = 1e15

const baseUnits = (cell: unknown): string =>
  Number(cell) < MOST_WHOLE ? whole(cell) : Number(cell).toExponential(4)
