// Who fell in which round, by how much, and because of whom.

import { axis, chart, short } from '../../page/chart.ts'
import { htmlTable, paragraph, section } from '../../page/html.ts'
import { numberText } from '../../page/text/number-text.ts'
import type { ContagionReport } from '../contagion-report.ts'

export function fallsSection({ falls, seeds, numeraire }: ContagionReport): string {
  if (falls.length === 0) return ''
  const rounds = [...new Set(falls.map(({ round }) => round))].sort((a, b) => a - b)
  const lostIn = (round: number) =>
    falls.filter((fall) => fall.round === round).reduce((sum, { loss }) => sum + Number(loss), 0)
  return section(
    'Round by round',
    paragraph(
      'Who could not pay all that was owed at a moment of which there is a snapshot. Who fell by itself fell in round 1, anyone else a round after the last of those because of whom it fell.',
    ),
    chart('Losses of those who fell, by round', 280, (palette) => ({
      grid: { left: 70, right: 20, top: 20, bottom: 40 },
      xAxis: { type: 'category', name: 'round', data: rounds.map(String), ...axis(palette) },
      yAxis: { type: 'value', ...axis(palette), axisLabel: { color: palette.ink, formatter: short } },
      series: [{ type: 'bar', data: rounds.map(lostIn), barMaxWidth: 60 }],
    })),
    htmlTable(
      `Falls, seed ${seeds[0]}, ${numeraire}`,
      ['round', 'second', 'who', 'kind', 'lost', 'cannot pay', 'because of'],
      falls.map(({ round, atSeconds, id, kind, loss, shortfall, because }) => [
        String(round),
        String(Math.round(atSeconds)),
        id,
        kind,
        numberText(loss),
        numberText(shortfall),
        because.map((cause) => `${cause.id} ${numberText(cause.amount)}`).join(', '),
      ]),
    ),
  )
}
