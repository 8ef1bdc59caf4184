// Who owed whom at the last moment that was kept, and who had fallen by now.
import type { FrameExposure } from '../../src/run-frame.ts'
import { COLOURS, chartIn, ink } from '../charts.ts'
import { clockText, element, shown, table } from '../dom.ts'
import type { ViewKind } from '../view.ts'
import { legendOf } from './legend.ts'

const LEAST_SIZE = 12
const MOST_SIZE = 60

export const contagionView: ViewKind = {
  id: 'contagion',
  title: 'Contagion',
  open(parent, { frame }) {
    const columns = element('div', { class: 'columns' })
    const left = element('div')
    const right = element('div', { class: 'scroll unbounded' })
    columns.append(left, right)
    parent.append(columns)
    if (frame.exposures.length === 0) left.append(element('p', {}, 'This run kept no exposures.'))
    const chart = frame.exposures.length === 0 ? null : chartIn(left, 'Who owes whom', 'chart tall')
    const kinds = [...new Set(frame.exposures.flatMap(({ nodes }) => nodes.map(({ kind }) => kind)))]
    if (chart !== null)
      left.append(
        legendOf(kinds, 'larger: more assets and claims; diamond: fallen; wider arrow: a larger claim'),
      )
    return {
      show(atMs) {
        const exposure = frame.exposures.findLast((each) => each.atMs <= atMs) ?? frame.exposures[0]
        const fallen = frame.falls.filter(({ at_ms }) => at_ms <= atMs)
        if (exposure !== undefined) chart?.set(graphOf(exposure, kinds, new Set(fallen.map(({ id }) => id))))
        right.replaceChildren(
          table(
            'Who has fallen by now',
            ['time', 'who', 'kind', 'loss'],
            fallen.map(({ at_ms, id, kind, loss }) => [clockText(at_ms), id, kind, shown(Number(loss))]),
          ),
          ...(exposure === undefined
            ? []
            : [
                table(
                  `Largest claims at ${clockText(exposure.atMs)}`,
                  ['debtor', 'creditor', 'layer', 'amount'],
                  exposure.claims
                    .toSorted((a, b) => b.amount - a.amount)
                    .slice(0, 15)
                    .map(({ debtor, creditor, layer, amount }) => [debtor, creditor, layer, shown(amount)]),
                ),
              ]),
        )
      },
      dispose: () => chart?.dispose(),
    }
  },
}

function graphOf(
  { nodes, claims }: FrameExposure,
  kinds: readonly string[],
  fallen: ReadonlySet<string>,
): Record<string, unknown> {
  const weight = new Map(nodes.map(({ id, assets }) => [id, assets]))
  for (const { creditor, amount } of claims) weight.set(creditor, (weight.get(creditor) ?? 0) + amount)
  const largest = Math.max(1, ...weight.values())
  const most = Math.max(1, ...claims.map(({ amount }) => amount))
  return {
    series: [
      {
        type: 'graph',
        layout: 'circular',
        // Names stand outside the circle.
        left: 170,
        right: 170,
        top: 170,
        bottom: 170,
        circular: { rotateLabel: true },
        roam: true,
        data: nodes.map(({ id, kind }) => ({
          name: id,
          symbol: fallen.has(id) ? 'diamond' : 'circle',
          symbolSize: LEAST_SIZE + (MOST_SIZE - LEAST_SIZE) * Math.sqrt((weight.get(id) ?? 0) / largest),
          itemStyle: {
            // Faint, but for its name.
            color: `${COLOURS[kinds.indexOf(kind) % COLOURS.length]}${fallen.has(id) ? '73' : ''}`,
            borderColor: fallen.has(id) ? ink() : 'transparent',
            borderWidth: 3,
          },
          label: { show: nodes.length <= 80, color: ink(), overflow: 'truncate', width: 160 },
        })),
        edges: claims.map(({ debtor, creditor, amount }) => ({
          source: debtor,
          target: creditor,
          lineStyle: { width: 0.5 + 6 * Math.sqrt(amount / most), curveness: 0.2, opacity: 0.6 },
        })),
        edgeSymbol: ['none', 'arrow'],
        edgeSymbolSize: 7,
        lineStyle: { color: 'source' },
      },
    ],
  }
}
