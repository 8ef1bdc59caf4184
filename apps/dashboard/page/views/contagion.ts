// Who owed whom, and who had fallen by now: contagion spreads from a debtor that cannot pay along what it owes.
import { shortenedName } from '@solvent/experiments/page-text'
import type { FrameExposure, FrameFall, RunFrame } from '../../src/run-frame.ts'
import { type Chart, COLOURS, chartIn, ink } from '../charts.ts'
import { clockText, element, shown, table } from '../dom.ts'
import type { ViewKind } from '../view.ts'
import { legendOf } from './legend.ts'

const LEAST_SIZE = 12
const MOST_SIZE = 60
const MOST_NAMES = 80
/** For names outside the circle, px: as much, or this part of a narrow window. */
const MARGIN = 170
const NARROW_MARGIN = 0.3
const LARGEST = 15
const SHAPES =
  'larger: more assets and claims; diamond: fallen; arrow: from a debtor to its creditor, wider for a larger claim, in the colour of the text when the debtor has fallen; faint: not there yet, or no more'

/** Who ever was there, in the order of their coming: each keeps its place in the picture. */
interface Cast {
  readonly ids: readonly string[]
  readonly kindOf: ReadonlyMap<string, string>
  readonly kinds: readonly string[]
}

export const contagionView: ViewKind = {
  id: 'contagion',
  title: 'Contagion',
  open(parent, { frame }) {
    const none = element('p', {}, 'Nobody is known to owe anybody anything yet.')
    const picture = element('div')
    const legend = element('div')
    const right = element('div', { class: 'scroll unbounded digits' })
    parent.append(element('div', { class: 'columns even' }, element('div', {}, none, picture, legend), right))
    let cast = castOf(frame)
    let chart: Chart | null = null
    let drawn = ''
    let nowMs = 0
    const tellKinds = () => {
      if (cast.ids.length > 0) legend.replaceChildren(legendOf(cast.kinds, SHAPES))
    }
    const show = (atMs: number) => {
      nowMs = atMs
      const exposure = frame.exposures.findLast((each) => each.atMs <= atMs) ?? frame.exposures[0]
      const fallen = frame.falls.filter(({ at_ms }) => at_ms <= atMs)
      const state = `${exposure?.atMs} ${fallen.length} ${cast.ids.length}`
      if (state === drawn) return
      drawn = state
      none.hidden = exposure !== undefined
      if (exposure !== undefined) {
        chart ??= chartIn(picture, 'Who owes whom; the tables beside it say the same', 'chart tall')
        chart.set(
          graphOf(exposure, cast, {
            fallen: new Set(fallen.map(({ id }) => id)),
            widthPx: chart.box.clientWidth,
          }),
        )
      }
      right.replaceChildren(...tablesOf(exposure, fallen))
    }
    tellKinds()
    return {
      show,
      update() {
        const next = castOf(frame)
        if (next.ids.length !== cast.ids.length) {
          cast = next
          tellKinds()
        }
        show(nowMs)
      },
      dispose: () => chart?.dispose(),
    }
  },
}

function castOf({ exposures }: RunFrame): Cast {
  const kindOf = new Map<string, string>()
  for (const { nodes } of exposures) for (const { id, kind } of nodes) kindOf.set(id, kind)
  const kinds = [...new Set(kindOf.values())]
  // Kinds stand together.
  const ids = [...kindOf.keys()].sort((a, b) => kinds.indexOf(kindOf.get(a)!) - kinds.indexOf(kindOf.get(b)!))
  return { ids, kindOf, kinds }
}

function tablesOf(exposure: FrameExposure | undefined, fallen: readonly FrameFall[]): HTMLElement[] {
  const falls = table(
    'Who has fallen by now',
    ['time', 'round', 'who', 'kind', 'loss', 'because of'],
    fallen.map(({ at_ms, round, id, kind, loss, because }) => [
      clockText(at_ms),
      String(round),
      id,
      kind,
      whole(Number(loss)),
      because.slice(0, 3).join(', '),
    ]),
  )
  if (exposure === undefined) return [falls]
  const down = new Set(fallen.map(({ id }) => id))
  return [
    falls,
    table(
      `Largest claims at ${clockText(exposure.atMs)}`,
      ['debtor', 'creditor', 'layer', 'amount'],
      exposure.claims
        .toSorted((a, b) => b.amount - a.amount)
        .slice(0, LARGEST)
        .map(({ debtor, creditor, layer, amount }) => [
          down.has(debtor) ? `${debtor} (fallen)` : debtor,
          creditor,
          layer,
          whole(amount),
        ]),
    ),
  ]
}

/** In the numeraire: cents do not matter here. */
const whole = (value: number): string => shown(Math.round(value))

function graphOf(
  { nodes, claims }: FrameExposure,
  { ids, kindOf, kinds }: Cast,
  { fallen, widthPx }: { readonly fallen: ReadonlySet<string>; readonly widthPx: number },
): Record<string, unknown> {
  const weight = new Map(nodes.map(({ id, assets }) => [id, assets]))
  for (const { creditor, amount } of claims) weight.set(creditor, (weight.get(creditor) ?? 0) + amount)
  const largest = Math.max(1, ...weight.values())
  const margin = Math.min(MARGIN, widthPx * NARROW_MARGIN)
  const most = Math.max(1, ...claims.map(({ amount }) => amount))
  return {
    series: [
      {
        type: 'graph',
        layout: 'circular',
        // Names stand outside the circle.
        left: margin,
        right: margin,
        top: margin,
        bottom: margin,
        circular: { rotateLabel: true },
        roam: true,
        data: ids.map((id) => ({
          name: id,
          symbol: fallen.has(id) ? 'diamond' : 'circle',
          symbolSize: LEAST_SIZE + (MOST_SIZE - LEAST_SIZE) * Math.sqrt((weight.get(id) ?? 0) / largest),
          itemStyle: {
            color: COLOURS[kinds.indexOf(kindOf.get(id)!) % COLOURS.length],
            opacity: weight.has(id) ? 1 : 0.2,
            borderColor: fallen.has(id) ? ink() : 'transparent',
            borderWidth: 3,
          },
          label: {
            show: ids.length <= MOST_NAMES && weight.has(id),
            color: ink(),
            overflow: 'truncate',
            width: margin - 10,
            formatter: () => shortenedName(id),
          },
        })),
        edges: claims.map(({ debtor, creditor, amount }) => ({
          source: debtor,
          target: creditor,
          lineStyle: {
            width: 0.5 + 6 * Math.sqrt(amount / most),
            curveness: 0.2,
            ...(fallen.has(debtor) ? { color: ink(), opacity: 0.9 } : { color: 'source', opacity: 0.4 }),
          },
        })),
        edgeSymbol: ['none', 'arrow'],
        edgeSymbolSize: 7,
      },
    ],
  }
}
