// Balance sheets over time.
import { element, shown, table } from '../dom.ts'
import type { ViewKind } from '../view.ts'
import { linesIn, linesOf, valueAt } from './series.ts'

const MEASURES = [
  ['solver.equity', 'Equity'],
  ['solver.receivables', 'Good receivables'],
  ['solver.stranded', 'Stranded receivables'],
] as const

export const solverView: ViewKind = {
  id: 'solvers',
  title: 'Balance sheets',
  open(parent, { frame }) {
    const sheet = element('div')
    parent.append(sheet)
    const charts = MEASURES.flatMap(([measure, title]) => {
      const lines = linesOf(frame, measure)
      if (lines.length === 0) return []
      parent.append(element('h2', {}, title))
      return [linesIn(parent, `${title} by solver`, lines, 'numeraire')]
    })
    if (charts.length === 0) parent.append(element('p', {}, 'This run kept no measures over time.'))
    return {
      show(atMs) {
        for (const { mark } of charts) mark(atMs)
        sheet.replaceChildren(
          table(
            'In the numeraire',
            ['solver', 'equity at the start', 'equity', 'receivables', 'stranded'],
            frame.solvers.map(({ solver, initial_equity }) => [
              solver,
              shown(initial_equity),
              ...MEASURES.map(([measure]) => {
                const value = valueAt(frame, measure, solver, atMs)
                return value === null ? '–' : shown(value)
              }),
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
