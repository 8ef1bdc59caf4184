// The exposure graph: who owes whom when most is owed.

import { chart, legend, short } from '../../page/chart.ts'
import { htmlTable, paragraph, section } from '../../page/html.ts'
import { numberText } from '../../page/text/number-text.ts'
import { shortenedName } from '../../page/text/shortened-name.ts'
import type { ContagionReport } from '../contagion-report.ts'

/** Claims of the table; the results have all. */
const MOST_CLAIMS = 40
const SMALLEST_SYMBOL = 10
const LARGEST_SYMBOL = 60

export function exposureSection({ exposures, numeraire }: ContagionReport): string {
  if (exposures === null) return ''
  const { nodes, claims, atSeconds, label } = exposures
  const kinds = [...new Set(nodes.map(({ kind }) => kind))]
  const largestNode = Math.max(...nodes.map(({ owed, owns }) => owed + owns))
  const largestClaim = Math.max(...claims.map(({ amount }) => amount))
  const picture = chart('Exposure graph: arrows lead from the debtor to the creditor', 700, (palette) => ({
    legend: { ...legend(palette), data: kinds },
    series: [
      {
        type: 'graph',
        layout: 'circular',
        top: 220,
        bottom: 110,
        circular: { rotateLabel: true },
        edgeSymbol: ['none', 'arrow'],
        edgeSymbolSize: 7,
        categories: kinds.map((name) => ({ name })),
        label: { show: true, color: palette.ink, position: 'right', overflow: 'truncate', width: 165 },
        lineStyle: { color: 'source', curveness: 0.2, opacity: 0.7 },
        data: nodes.map(({ id, kind, owed, owns }) => ({
          id,
          name: id,
          label: { formatter: shortenedName(id) },
          category: kinds.indexOf(kind),
          symbolSize:
            SMALLEST_SYMBOL + (LARGEST_SYMBOL - SMALLEST_SYMBOL) * Math.sqrt((owed + owns) / largestNode),
        })),
        links: claims.map(({ debtor, creditor, amount }) => ({
          source: debtor,
          target: creditor,
          lineStyle: { width: 1 + 6 * Math.sqrt(amount / largestClaim) },
        })),
      },
    ],
  }))
  const rows = claims
    .toSorted((a, b) => b.amount - a.amount)
    .slice(0, MOST_CLAIMS)
    .map(({ debtor, creditor, layer, amount }) => [debtor, creditor, layer, numberText(amount)])
  return section(
    'Who owes whom',
    paragraph(
      `At second ${Math.round(atSeconds)} (${label || 'scheduled'}), when most claims are open. Circles grow with what a node owes and owns of claims, up to ${short(largestNode)} ${numeraire}.`,
    ),
    picture,
    htmlTable(`Largest claims, ${numeraire}`, ['debtor', 'creditor', 'layer', 'amount'], rows),
  )
}
