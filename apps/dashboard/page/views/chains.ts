// Finality by chain, backing, and prices.
import type { RunFrame } from '../../src/run-frame.ts'
import { element, shown, table } from '../dom.ts'
import type { ViewKind } from '../view.ts'
import { type Line, linesOf, picturesIn, valueAt } from './series.ts'

/** Beside the lines of each the value of the moment. */
const LEVELS = [
  ['market.price', 'Prices of markets'],
  ['oracle.price', 'Prices of oracles'],
  ['lending.utilisation', 'Utilisation of lending'],
] as const

export const chainView: ViewKind = {
  id: 'chains',
  title: 'Finality and backing',
  open(parent, { frame }) {
    const state = element('div', { class: 'columns even' })
    parent.append(state)
    const of = (measure: string) => () => linesOf(frame, measure)
    const pictures = picturesIn(parent, frame, [
      {
        title: 'How far the finalized block is behind the head',
        unit: 'seconds',
        lines: () => lagLines(frame),
      },
      { title: 'Backing of wrapped assets', unit: 'ratio', lines: of('bridge.backing') },
      { title: 'Prices of markets', unit: '', lines: of('market.price') },
      { title: 'Prices of oracles', unit: 'numeraire', lines: of('oracle.price') },
      { title: 'Utilisation of lending', unit: 'ratio', lines: of('lending.utilisation') },
    ])
    return {
      show(atMs) {
        pictures.mark(atMs)
        const at = (measure: string, chain: string) => {
          const value = valueAt(frame, measure, chain, atMs)
          return value === null ? '–' : shown(value)
        }
        const backing = linesOf(frame, 'bridge.backing').map(({ name }) => name)
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
          ...LEVELS.flatMap(([measure, title]) => {
            const subjects = linesOf(frame, measure).map(({ name }) => name)
            return subjects.length === 0
              ? []
              : [
                  table(
                    title,
                    ['which', 'at this moment'],
                    subjects.map((name) => [name, at(measure, name)]),
                  ),
                ]
          }),
          ...(backing.length === 0
            ? []
            : [
                table(
                  'Backing',
                  ['bridge/asset', 'backed'],
                  backing.map((name) => {
                    const value = valueAt(frame, 'bridge.backing', name, atMs)
                    return [name, value === null ? '–' : `${(100 * value).toFixed(2)} %`]
                  }),
                ),
              ]),
        )
      },
      update: pictures.update,
      dispose: pictures.dispose,
    }
  },
}

function lagLines(frame: RunFrame): Line[] {
  return frame.chains.flatMap(({ chain, slot_ms }) => {
    const heads = frame.series.find((each) => each.measure === 'chain.head' && each.subject === chain)
    const finalized = frame.series.find(
      (each) => each.measure === 'chain.finalized' && each.subject === chain,
    )
    let [next, last] = [0, 0]
    const points = (heads?.points ?? []).map(([at, head]) => {
      for (; (finalized?.points[next]?.[0] ?? Number.POSITIVE_INFINITY) <= at; next++)
        last = finalized!.points[next]![1]
      return [at, ((head - last) * slot_ms) / 1_000] as const
    })
    return points.length === 0 ? [] : [{ name: chain, points }]
  })
}
