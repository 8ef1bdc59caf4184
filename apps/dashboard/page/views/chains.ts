// Finality by chain, backing, and prices.
import type { RunFrame } from '../../src/run-frame.ts'
import { element, shown, table } from '../dom.ts'
import type { ViewKind } from '../view.ts'
import { type Line, linesIn, linesOf, valueAt } from './series.ts'

export const chainView: ViewKind = {
  id: 'chains',
  title: 'Finality and backing',
  open(parent, { frame }) {
    const state = element('div')
    parent.append(state)
    const pictures: readonly (readonly [string, readonly Line[], string])[] = [
      ['How far the finalized block is behind the head', lagLines(frame), 'seconds'],
      ['Backing of wrapped assets', linesOf(frame, 'bridge.backing'), 'ratio'],
      ['Prices of markets', linesOf(frame, 'market.price'), ''],
      ['Prices of oracles', linesOf(frame, 'oracle.price'), 'numeraire'],
      ['Utilisation of lending', linesOf(frame, 'lending.utilisation'), 'ratio'],
    ]
    const charts = pictures
      .filter(([, lines]) => lines.length > 0)
      .map(([title, lines, unit]) => {
        parent.append(element('h2', {}, title))
        return linesIn(parent, title, lines, unit)
      })
    if (charts.length === 0) parent.append(element('p', {}, 'This run kept no measures over time.'))
    return {
      show(atMs) {
        for (const { mark } of charts) mark(atMs)
        const at = (measure: string, chain: string) => {
          const value = valueAt(frame, measure, chain, atMs)
          return value === null ? '–' : shown(value)
        }
        state.replaceChildren(
          table(
            'Block numbers',
            ['chain', 'kind', 'head', 'safe', 'finalized'],
            frame.chains.map(({ chain, kind }) => [
              chain,
              kind,
              at('chain.head', chain),
              at('chain.safe', chain),
              at('chain.finalized', chain),
            ]),
          ),
        )
      },
      dispose: () => {
        for (const { chart } of charts) chart.dispose()
      },
    }
  },
}

function lagLines(frame: RunFrame): Line[] {
  return frame.chains.flatMap(({ chain, slot_ms }) => {
    const heads = frame.series.find((each) => each.measure === 'chain.head' && each.subject === chain)
    const points = (heads?.points ?? []).map(
      ([at, head]) =>
        [at, ((head - (valueAt(frame, 'chain.finalized', chain, at) ?? 0)) * slot_ms) / 1_000] as const,
    )
    return points.length === 0 ? [] : [{ name: chain, points }]
  })
}
