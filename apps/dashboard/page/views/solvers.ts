// Balance sheets over time.
import { element, shown, table } from '../dom.ts'
import type { ViewKind } from '../view.ts'
import { linesOf, picturesIn, valueAt } from './series.ts'
import { truthTable } from './truth.ts'

const MEASURES = [
  ['solver.equity', 'Equity'],
  ['solver.receivables', 'Good receivables'],
  ['solver.stranded', 'Stranded receivables'],
] as const

export const solverView: ViewKind = {
  id: 'solvers',
  title: 'Balance sheets',
  open(parent, { frame, truth }) {
    const sheet = element('div', { class: 'scroll' })
    parent.append(sheet)
    if (frame.competition.length > 0)
      parent.append(
        table(
          'Competition over the whole run, as the watcher saw it',
          ['solver', 'awards', 'share of value', 'awards that it let pass'],
          frame.competition.map(({ solver, awards, share, fades }) => [
            solver,
            String(awards),
            `${(100 * share).toFixed(1)} %`,
            String(fades),
          ]),
        ),
      )
    const known = truthTable(truth)
    if (known !== null) parent.append(known)
    const pictures = picturesIn(
      parent,
      frame,
      MEASURES.map(([measure, title]) => ({
        title: `${title} by solver`,
        unit: 'numeraire',
        lines: () => linesOf(frame, measure),
      })),
    )
    return {
      show(atMs) {
        pictures.mark(atMs)
        sheet.replaceChildren(
          table(
            'In the numeraire',
            ['solver', 'equity at the start', 'equity', 'change', 'receivables', 'stranded'],
            frame.solvers.map(({ solver, initial_equity }) => {
              const [equity, ...others] = MEASURES.map(([measure]) => valueAt(frame, measure, solver, atMs))
              const change = equity == null ? null : equity - initial_equity
              return [solver, shown(initial_equity), ...[equity, change, ...others].map(shownOrNone)]
            }),
          ),
        )
      },
      update: pictures.update,
      dispose: pictures.dispose,
    }
  },
}

const shownOrNone = (value: number | null | undefined): string => (value == null ? '–' : shown(value))
